package wildcat.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;

class SignatureTest {
  /// Source: the example of the Standard Webhooks libraries (svix-webhooks, signing tests).
  @Test
  void theStandardSignatureIsThatOfTheSpecification() {
    var headers =
        Signature.headers(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1_614_265_330),
            Bytes.ofUtf8("{\"test\": 2432232314}"));
    assertThat(headers)
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  /// Source: docs.github.com, validating webhook deliveries, "testing the webhook payload validation".
  @Test
  void theHubSignatureIsThatOfGitHub() {
    assertThat(Signature.hub("It's a Secret to Everybody", Bytes.ofUtf8("Hello, World!")))
        .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
  }

  @Test
  void aNewSecretHas32BytesAndIsNotRepeated() {
    var random = new Random(1);
    String one = Signature.newSecret(random);
    assertThat(Base64.getDecoder().decode(one.substring("whsec_".length()))).hasSize(32);
    assertThat(Signature.newSecret(random)).isNotEqualTo(one).startsWith("whsec_");
  }
}
