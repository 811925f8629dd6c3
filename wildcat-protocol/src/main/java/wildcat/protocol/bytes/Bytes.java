package wildcat.protocol.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable sequence of bytes with value equality: what records hold instead of `byte[]`.
///
/// Equality is not constant time; keys and other secrets belong into a [Secret].
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  public static Bytes empty() {
    return EMPTY;
  }

  /// Copies `value`.
  public static Bytes copyOf(byte[] value) {
    return wrap(value.clone());
  }

  /// Takes `value` over without a copy: the caller must not touch it again.
  public static Bytes wrap(byte[] value) {
    return value.length == 0 ? EMPTY : new Bytes(value);
  }

  public static Bytes ofUtf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// @throws IllegalArgumentException `hex` is not an even number of hexadecimal digits
  public static Bytes ofHex(String hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return value.length;
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  public byte at(int index) {
    return value[index];
  }

  /// A copy of the bytes.
  public byte[] toArray() {
    return value.clone();
  }

  /// Copies all bytes into `target`, from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException they do not fit
  public void copyInto(byte[] target, int offset) {
    System.arraycopy(value, 0, target, offset, value.length);
  }

  /// The bytes from `from` (inclusive) to `to` (exclusive).
  public Bytes slice(int from, int to) {
    if (from < 0 || to > value.length || from > to) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + value.length + " B");
    }
    return wrap(Arrays.copyOfRange(value, from, to));
  }

  /// The bytes as text; what is not UTF-8 becomes U+FFFD.
  public String utf8() {
    return new String(value, StandardCharsets.UTF_8);
  }

  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /// The size only: content may be private.
  @Override
  public String toString() {
    return value.length + " B";
  }
}
