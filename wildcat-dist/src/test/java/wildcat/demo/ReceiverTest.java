package wildcat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private static final byte[] KEY = new byte[32];
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

  private final HttpClient http = HttpClient.newHttpClient();
  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new Receiver(InstantSource.fixed(Instant.ofEpochSecond(1000)));
  }

  @AfterEach
  void stop() {
    receiver.close();
    http.close();
  }

  private int deliver(byte[] key, String body) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var signature =
        Base64.getEncoder().encodeToString(mac.doFinal(("evt_1.1000." + body).getBytes(UTF_8)));
    var request =
        HttpRequest.newBuilder(URI.create(receiver.url()))
            .header("webhook-id", "evt_1")
            .header("webhook-timestamp", "1000")
            .header("webhook-signature", "v1," + signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aSignedDeliveryIsAcceptedAndHandedOut() throws Exception {
    receiver.trust(SECRET);
    assertThat(deliver(KEY, "{\"event\":\"other\"}")).isEqualTo(204);
    assertThat(deliver(KEY, "{\"event\":\"message.received\"}")).isEqualTo(204);
    var event =
        receiver.await(
            one -> one.path("event").asText().equals("message.received"), Duration.ofSeconds(10));
    assertThat(event.size()).isEqualTo(1);
  }

  @Test
  void anotherSecretIsRefusedAndSaid() throws Exception {
    receiver.trust(SECRET);
    assertThat(deliver("another".getBytes(UTF_8), "{}")).isEqualTo(401);
    assertThatThrownBy(() -> receiver.await(_ -> true, Duration.ZERO))
        .isInstanceOf(DemoFailed.class)
        .hasMessageContaining("signature does not fit");
  }

  @Test
  void beforeThereIsASecretEverythingIsRefused() throws Exception {
    assertThat(deliver(KEY, "{}")).isEqualTo(401);
  }

  @Test
  void whatIsNoJsonIsRefused() throws Exception {
    receiver.trust(SECRET);
    assertThat(deliver(KEY, "<xml/>")).isEqualTo(400);
  }
}
