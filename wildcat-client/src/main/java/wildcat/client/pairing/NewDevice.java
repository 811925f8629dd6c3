package wildcat.client.pairing;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wildcat.client.store.Credentials;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.ratchet.SignedPreKey;

/// Makes the keys a device has before any phone has linked it.
///
/// Source: whatsmeow store/sqlstore/container.go (NewDevice), Baileys Utils/auth-utils.ts (initAuthCreds).
final class NewDevice {
  private static final int ADV_SECRET_BYTES = 32;
  private static final int FIRST_SIGNED_PRE_KEY = 1;

  private NewDevice() {}

  static Credentials credentials(Curve curve, RandomGenerator random) {
    KeyPair identity = curve.generate(random);
    return new Credentials(
        curve.generate(random),
        identity,
        random.nextInt(),
        List.of(SignedPreKey.generate(curve, FIRST_SIGNED_PRE_KEY, identity, random)),
        advSecret(random),
        Optional.empty(),
        "",
        Bytes.empty());
  }

  static Secret advSecret(RandomGenerator random) {
    var secret = new byte[ADV_SECRET_BYTES];
    random.nextBytes(secret);
    return Secret.wrap(secret);
  }
}
