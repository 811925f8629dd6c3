package wildcat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks that a delivery is from the server that has the secret, as any receiver should: written from the
/// specification alone and not with the server's code.
/// Source: Standard Webhooks specification 1.0, "Signature scheme".
final class WebhookSignature {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final byte[] key;
  private final InstantSource clock;

  /// @param secret `whsec_` and base64
  WebhookSignature(String secret, InstantSource clock) {
    this.clock = clock;
    this.key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
  }

  /// @param id        header `webhook-id`
  /// @param timestamp header `webhook-timestamp`, unix seconds
  /// @param signature header `webhook-signature`: one or more, separated by spaces; during a change of secrets there are two
  /// @param body      as received, byte for byte
  boolean fits(String id, String timestamp, String signature, byte[] body) {
    if (!recent(timestamp)) {
      return false;
    }
    byte[] expected =
        ("v1," + Base64.getEncoder().encodeToString(mac(id + "." + timestamp + ".", body)))
            .getBytes(UTF_8);
    for (String one : signature.split(" ", -1)) {
      if (MessageDigest.isEqual(expected, one.getBytes(UTF_8))) {
        return true;
      }
    }
    return false;
  }

  private boolean recent(String timestamp) {
    if (!timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
    return age.abs().compareTo(TOLERANCE) <= 0;
  }

  private byte[] mac(String head, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head.getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
