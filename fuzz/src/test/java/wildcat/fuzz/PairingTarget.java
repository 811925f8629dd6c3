package wildcat.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.LinkCode;
import wildcat.protocol.pairing.MalformedPairing;

/// What phone and server say about devices, and the text of a QR code.
public final class PairingTarget {
  private static final Curve CURVE = Curve.standard();
  private static final Random RANDOM = new Random(13);
  private static final KeyPair ACCOUNT = CURVE.generate(RANDOM);
  private static final KeyPair COMPANION = CURVE.generate(RANDOM);
  private static final Secret SECRET = Secret.wrap(new byte[32]);
  private static final Adv ADV = new Adv(CURVE, RANDOM);

  private PairingTarget() {}

  /// What a phone would send to the device.
  static Bytes container() {
    return ADV.signDevice(
        ACCOUNT,
        new Adv.DeviceDetails(7, java.time.Instant.ofEpochSecond(1_755_768_000), 3),
        COMPANION.publicKey(),
        SECRET);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    Bytes bytes = Bytes.wrap(rest);
    try {
      switch (input[0] % 5) {
        case 0 -> ADV.accept(bytes, SECRET, COMPANION);
        case 1 -> ADV.verify(bytes, COMPANION.publicKey(), ACCOUNT.publicKey());
        case 2 -> ADV.keyIndexes(bytes, ACCOUNT.publicKey());
        case 3 -> Adv.accountKey(bytes);
        default -> {
          LinkCode code = LinkCode.parse(new String(rest, StandardCharsets.UTF_8));
          if (!LinkCode.parse(code.text()).equals(code)) {
            throw new AssertionError("a link code's text is another code");
          }
        }
      }
    } catch (MalformedPairing e) {
      // as it should be
    }
  }
}
