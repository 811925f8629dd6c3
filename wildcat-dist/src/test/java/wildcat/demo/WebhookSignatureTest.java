package wildcat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  /// The example of Svix's documentation ("Verifying webhooks manually"), from which Standard Webhooks was made.
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String TIMESTAMP = "1614265330";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private final WebhookSignature signature = at(1614265330);

  private static WebhookSignature at(long second) {
    return new WebhookSignature(SECRET, InstantSource.fixed(Instant.ofEpochSecond(second)));
  }

  @Test
  void thePublishedExampleFits() {
    assertThat(signature.fits(ID, TIMESTAMP, SIGNATURE, BODY)).isTrue();
  }

  @Test
  void oneOfSeveralIsEnough() {
    assertThat(signature.fits(ID, TIMESTAMP, "v1,AAAA v2,BBBB " + SIGNATURE, BODY)).isTrue();
    assertThat(signature.fits(ID, TIMESTAMP, "v1,AAAA " + SIGNATURE.replace("v1,", "v2,"), BODY))
        .isFalse();
  }

  @Test
  void anyChangeMakesItUnfit() {
    assertThat(signature.fits(ID + "x", TIMESTAMP, SIGNATURE, BODY)).isFalse();
    assertThat(signature.fits(ID, "1614265331", SIGNATURE, BODY)).isFalse();
    assertThat(signature.fits(ID, TIMESTAMP, SIGNATURE, "{\"test\": 2432232315}".getBytes(UTF_8)))
        .isFalse();
    assertThat(signature.fits(ID, TIMESTAMP, "", BODY)).isFalse();
  }

  @Test
  void anOldDeliveryDoesNotFit() {
    assertThat(at(1614265330 + 300).fits(ID, TIMESTAMP, SIGNATURE, BODY)).isTrue();
    assertThat(at(1614265330 + 301).fits(ID, TIMESTAMP, SIGNATURE, BODY)).isFalse();
    assertThat(signature.fits(ID, "tomorrow", SIGNATURE, BODY)).isFalse();
  }
}
