package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.media.MediaEncryption;
import wildcat.protocol.media.MediaType;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.phone.PhoneFile;

class MediaTest {
  private static final Pattern DIRECT_PATH = Pattern.compile("\"direct_path\":\"([^\"]+)\"");

  private Simulator simulator;
  private HttpClient http;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults());
    var trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
    http = HttpClient.newBuilder().sslContext(trusting).build();
  }

  @AfterEach
  void stop() {
    http.close();
    simulator.close();
  }

  private record Trusting() implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private record Encrypted(Bytes file, String token) {}

  private static Encrypted encrypted(int length) throws Exception {
    var out = new ByteArrayOutputStream();
    var sealed =
        MediaEncryption.encrypt(
            Secret.wrap(new byte[32]),
            MediaType.IMAGE,
            new ByteArrayInputStream(new byte[length]),
            out);
    return new Encrypted(
        Bytes.wrap(out.toByteArray()),
        Base64.getUrlEncoder().encodeToString(sealed.fileSha256().toArray()));
  }

  private HttpResponse<String> upload(String scheme, Encrypted file, String auth) throws Exception {
    return http.send(
        HttpRequest.newBuilder(
                URI.create(
                    scheme
                        + "://"
                        + simulator.depot().host()
                        + "/mms/image/"
                        + file.token().replace("=", "%3D")
                        + "?auth="
                        + auth
                        + "&token="
                        + file.token().replace("=", "%3D")))
            .POST(HttpRequest.BodyPublishers.ofByteArray(file.file().toArray()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<byte[]> download(String directPath, String range) throws Exception {
    var request =
        HttpRequest.newBuilder(
            URI.create(
                "https://" + simulator.depot().host() + directPath + "&hash=x&mms-type=image"));
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void whatIsUploadedOverTlsIsDownloadedWholeAndInParts() throws Exception {
    Encrypted file = encrypted(3_000_000);
    HttpResponse<String> answer = upload("https", file, simulator.depot().auth());
    assertThat(answer.statusCode()).isEqualTo(200);
    Matcher path = DIRECT_PATH.matcher(answer.body());
    assertThat(path.find()).isTrue();
    assertThat(path.group(1)).startsWith("/v/").contains("?");
    HttpResponse<byte[]> whole = download(path.group(1), "");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(Bytes.wrap(whole.body())).isEqualTo(file.file());
    HttpResponse<byte[]> part = download(path.group(1), "bytes=70000-70099");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 70000-70099/3000026");
    assertThat(Bytes.wrap(part.body())).isEqualTo(file.file().slice(70_000, 70_100));
    HttpResponse<byte[]> tail = download(path.group(1), "bytes=3000000-");
    assertThat(Bytes.wrap(tail.body())).isEqualTo(file.file().slice(3_000_000, 3_000_026));
  }

  @Test
  void anUploadNeedsTheAuthAndTheHashOfItsBody() throws Exception {
    Encrypted file = encrypted(100);
    assertThat(upload("http", file, "wrong").statusCode()).isEqualTo(401);
    var other = new Encrypted(file.file(), encrypted(200).token());
    assertThat(upload("http", other, simulator.depot().auth()).statusCode()).isEqualTo(400);
    assertThat(simulator.depot().all()).isEmpty();
    assertThat(upload("http", file, simulator.depot().auth()).statusCode()).isEqualTo(200);
  }

  @Test
  void troublesComeOnceAndInOrder() throws Exception {
    Encrypted file = encrypted(100);
    simulator.depot().arm(new Depot.Trouble(true, 503, Depot.Damage.NONE), 1);
    assertThat(upload("http", file, simulator.depot().auth()).statusCode()).isEqualTo(503);
    Matcher path = DIRECT_PATH.matcher(upload("http", file, simulator.depot().auth()).body());
    assertThat(path.find()).isTrue();
    simulator.depot().arm(new Depot.Trouble(false, 410, Depot.Damage.NONE), 1);
    simulator.depot().arm(new Depot.Trouble(false, 0, Depot.Damage.FLIPPED), 1);
    simulator.depot().arm(new Depot.Trouble(false, 0, Depot.Damage.TRUNCATED), 1);
    assertThat(download(path.group(1), "").statusCode()).isEqualTo(410);
    assertThat(Bytes.wrap(download(path.group(1), "").body())).isNotEqualTo(file.file());
    assertThat(download(path.group(1), "").body()).hasSize(file.file().length() - 1);
    assertThat(Bytes.wrap(download(path.group(1), "").body())).isEqualTo(file.file());
    assertThat(simulator.depot().loseAll()).isEqualTo(1);
    assertThat(download(path.group(1), "").statusCode()).isEqualTo(404);
  }

  @Test
  void onePhoneReadsTheFileOfAnother() throws Exception {
    var ann = simulator.phone("Ann");
    var bob = simulator.phone("Bob");
    var content = Bytes.ofUtf8("not really a picture");
    String id =
        ann.sendFile(
            bob.pn(),
            new PhoneFile(PhoneFile.Kind.IMAGE, content, "image/jpeg", "look", "", 640, 480, 0));
    ann.settle();
    bob.settle();
    assertThat(bob.file(id)).contains(content);
    assertThat(bob.content(id).orElseThrow().getImageMessage().getCaption()).isEqualTo("look");
    assertThat(bob.received().getFirst().kind()).isEqualTo("imageMessage");
  }
}
