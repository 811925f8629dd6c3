package wildcat.client.store.seal;

import java.security.Key;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import wildcat.protocol.bytes.Secret;

/// A key that seals rows: the master key, or the data key of one account. 32 bytes.
public final class SealKey {
  public static final int SIZE_BYTES = 32;

  private final Secret secret;
  private final Key key;

  /// @throws IllegalArgumentException another length
  public SealKey(Secret secret) {
    if (secret.length() != SIZE_BYTES) {
      throw new IllegalArgumentException("a key has " + SIZE_BYTES + " B, not " + secret.length());
    }
    this.secret = secret;
    byte[] exposed = secret.expose();
    this.key = new SecretKeySpec(exposed, "AES");
    Arrays.fill(exposed, (byte) 0);
  }

  Key key() {
    return key;
  }

  Secret secret() {
    return secret;
  }

  @Override
  public String toString() {
    return "seal key";
  }
}
