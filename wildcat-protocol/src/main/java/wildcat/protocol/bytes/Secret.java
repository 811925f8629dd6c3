package wildcat.protocol.bytes;

import java.security.MessageDigest;
import java.util.Arrays;

/// Bytes that must not leak: they never print and compare in constant time.
public final class Secret {
  private final byte[] value;

  private Secret(byte[] value) {
    this.value = value;
  }

  /// Copies `value`.
  public static Secret copyOf(byte[] value) {
    return new Secret(value.clone());
  }

  /// Takes `value` over without a copy: the caller must not touch it again.
  public static Secret wrap(byte[] value) {
    return new Secret(value);
  }

  public int length() {
    return value.length;
  }

  /// A copy of the secret bytes. The name warns: what comes out is no longer guarded.
  public byte[] expose() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(value, secret.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "secret of " + value.length + " B";
  }
}
