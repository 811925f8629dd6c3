package wildcat.protocol.curve;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Verification of Ed25519 signatures; not in constant time, since nothing here is secret.
/// Source: RFC 8032, section 5.1.7 (without the cofactor).
final class Ed25519 {
  private static final int POINT_WINDOW = 5;
  private static final int BASE_WINDOW = 8;

  private Ed25519() {}

  /// Whether `signature` (64 bytes) holds for `message` under the encoded point `key` (32 bytes).
  static boolean verify(byte[] key, byte[] message, byte[] signature) {
    EdwardsPoint point = EdwardsPoint.decode(key);
    return point != null && verify(point, key, message, signature);
  }

  /// The same, for a key already decoded.
  static boolean verify(EdwardsPoint point, byte[] key, byte[] message, byte[] signature) {
    if (signature.length != 2 * Scalar.SIZE_BYTES) {
      return false;
    }
    byte[] r = Arrays.copyOf(signature, 32);
    byte[] s = Arrays.copyOfRange(signature, 32, 64);
    if (!Scalar.isCanonical(s)) {
      return false;
    }
    byte[] h = Scalar.reduce(sha512(r, key, message));
    point.negate();
    return Arrays.equals(r, sum(s, h, point).encode());
  }

  static byte[] sha512(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-512", e);
    }
  }

  /// s·B + h·point, by sliding windows over both scalars at once.
  private static EdwardsPoint sum(byte[] s, byte[] h, EdwardsPoint point) {
    byte[] ofBase = oddDigits(s, BASE_WINDOW);
    byte[] ofPoint = oddDigits(h, POINT_WINDOW);
    EdwardsPoint.Cached[] multiples = oddMultiples(point, 1 << (POINT_WINDOW - 2));
    var baseMultiple = new EdwardsPoint.Affine();
    var sum = new EdwardsPoint();
    int i = Math.max(top(ofBase), top(ofPoint));
    for (; i >= 0; i--) {
      sum.twice(i == 0 || ofBase[i] != 0 || ofPoint[i] != 0);
      if (ofPoint[i] != 0) {
        sum.add(multiples[Math.abs(ofPoint[i]) >> 1], ofPoint[i] < 0);
      }
      if (ofBase[i] != 0) {
        BasePoint.loadOdd(baseMultiple, Math.abs(ofBase[i]) >> 1);
        sum.add(baseMultiple, ofBase[i] < 0);
      }
    }
    return sum;
  }

  private static int top(byte[] digits) {
    int i = digits.length - 1;
    while (i >= 0 && digits[i] == 0) {
      i--;
    }
    return i;
  }

  /// The scalar as Σ d_i·2^i, each d_i zero or odd, |d_i| < 2^(window-1), at least window - 1 zeros
  /// between two others.
  static byte[] oddDigits(byte[] scalar, int window) {
    var digits = new byte[8 * scalar.length + 1];
    int carry = 0;
    for (int i = 0; i < digits.length; i++) {
      int bit = bit(scalar, i) + carry;
      if ((bit & 1) == 0) {
        carry = bit >> 1;
        continue;
      }
      int digit = carry;
      for (int j = 0; j < window; j++) {
        digit += bit(scalar, i + j) << j;
      }
      carry = digit >> (window - 1);
      digits[i] = (byte) (digit - (carry << window));
      i += window - 1;
    }
    return digits;
  }

  private static int bit(byte[] scalar, int i) {
    return i < 8 * scalar.length ? (scalar[i >> 3] >> (i & 7)) & 1 : 0;
  }

  private static EdwardsPoint.Cached[] oddMultiples(EdwardsPoint point, int count) {
    var multiples = new EdwardsPoint.Cached[count];
    var twice = new EdwardsPoint();
    twice.set(point);
    twice.twice(true);
    var summand = new EdwardsPoint.Cached();
    summand.set(twice);
    var multiple = new EdwardsPoint();
    multiple.set(point);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        multiple.add(summand, false);
      }
      multiples[i] = new EdwardsPoint.Cached();
      multiples[i].set(multiple);
    }
    return multiples;
  }

  /// Whether `point` is one of the eight that every key hides behind.
  static boolean isOfLowOrder(EdwardsPoint point) {
    var multiple = new EdwardsPoint();
    multiple.set(point);
    multiple.twice(false);
    multiple.twice(false);
    multiple.twice(false);
    return multiple.isNeutral();
  }

  /// The Edwards y of a Montgomery u: (u - 1) / (u + 1); null when `u` is not canonical or is -1.
  static @Nullable FieldElement yOf(byte[] u) {
    FieldElement element = FieldElement.ofBytes(u);
    if (!Arrays.equals(element.toBytes(), u)) {
      return null;
    }
    var y = new FieldElement();
    var denominator = new FieldElement();
    FieldElement one = FieldElement.of(1);
    denominator.add(element, one);
    if (denominator.isZero()) {
      return null;
    }
    y.subtract(element, one);
    denominator.invert(denominator);
    y.multiply(y, denominator);
    return y;
  }
}
