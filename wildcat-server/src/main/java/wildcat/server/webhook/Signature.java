package wildcat.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import wildcat.protocol.bytes.Bytes;

/// Signs deliveries: HMAC-SHA256 over `id.timestamp.body` as the Standard Webhooks specification has it, and
/// over the body alone as GitHub and Meta do.
///
/// The first takes the bytes behind `whsec_` as its key, the second the secret's text as it stands.
final class Signature {
  private static final String PREFIX = "whsec_";
  private static final int SECRET_BYTES = 32;

  private Signature() {}

  static String newSecret(RandomGenerator random) {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  static Map<String, String> headers(String secret, String eventId, Instant at, Bytes body) {
    String timestamp = Long.toString(at.getEpochSecond());
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    byte[] bytes = body.toArray();
    var headers = new LinkedHashMap<String, String>();
    headers.put("webhook-id", eventId);
    headers.put("webhook-timestamp", timestamp);
    headers.put(
        "webhook-signature",
        "v1,"
            + Base64.getEncoder()
                .encodeToString(
                    hmac(key, (eventId + "." + timestamp + ".").getBytes(UTF_8), bytes)));
    headers.put("X-Hub-Signature-256", hub(secret, body));
    return headers;
  }

  static String hub(String secret, Bytes body) {
    return "sha256="
        + HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), new byte[0], body.toArray()));
  }

  private static byte[] hmac(byte[] key, byte[] first, byte[] second) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(first);
      return mac.doFinal(second);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
