package wildcat.protocol.curve;

import static wildcat.protocol.crypto.Wycheproof.bytes;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.Wycheproof;

class WycheproofCurveTest {
  @Test
  void agreementMatchesEveryVectorAndRefusesThoseThatShareZero() throws Exception {
    Curve curve = Curve.standard();
    var zero = new byte[32];
    Wycheproof.run(
        "x25519_test.json",
        518,
        (_, test) -> {
          byte[] shared = bytes(test, "shared");
          var theirs = new PublicKey(Bytes.wrap(bytes(test, "public")));
          try {
            return Arrays.equals(curve.agree(Secret.wrap(bytes(test, "private")), theirs), shared);
          } catch (InvalidKey e) {
            return Arrays.equals(shared, zero);
          }
        });
  }

  @Test
  void ed25519VerificationMatchesEveryVector() throws Exception {
    Wycheproof.run(
        "ed25519_test.json",
        151,
        (group, test) ->
            Ed25519.verify(
                bytes(group.get("publicKey"), "pk"), bytes(test, "msg"), bytes(test, "sig")));
  }
}
