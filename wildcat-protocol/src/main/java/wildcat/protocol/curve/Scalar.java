package wildcat.protocol.curve;

/// Arithmetic modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point,
/// in constant time. Scalars are 32 bytes, little-endian.
final class Scalar {
  static final int SIZE_BYTES = 32;

  // 252 = 9 limbs of 28 bits, so that limb 9 and above are what lies over 2^252
  private static final int LIMB_BITS = 28;
  private static final long MASK = (1 << LIMB_BITS) - 1;
  private static final int LOW_LIMBS = 9;

  /// L - 2^252.
  private static final long[] C = {0xcf5d3ed, 0x12631a5, 0x79cd658, 0xf9dea2f, 0x14de};

  private Scalar() {}

  /// Whether `scalar` is below L. Not in constant time: for what is public.
  static boolean isCanonical(byte[] scalar) {
    long[] limbs = limbs(scalar, 10);
    long borrow = 0;
    for (int i = 0; i < limbs.length; i++) {
      long order = i < C.length ? C[i] : i == LOW_LIMBS ? 1 : 0;
      borrow = (limbs[i] - order + borrow) >> LIMB_BITS;
    }
    return borrow < 0;
  }

  /// 64 bytes, a hash say, modulo L.
  static byte[] reduce(byte[] wide) {
    return reduce(limbs(wide, 20));
  }

  /// a·b + c modulo L.
  static byte[] multiplyAdd(byte[] a, byte[] b, byte[] c) {
    long[] x = limbs(a, 10);
    long[] y = limbs(b, 10);
    long[] sum = limbs(c, 20);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        sum[i + j] += x[i] * y[j];
      }
    }
    carry(sum, 0, 19);
    return reduce(sum);
  }

  /// Replaces what lies over 2^252 by its remainder: 2^252 = -C.
  private static byte[] reduce(long[] x) {
    for (int i = x.length - 1; i >= LOW_LIMBS; i--) {
      fold(x, i);
      carry(x, i - LOW_LIMBS, i - LOW_LIMBS + C.length);
    }
    carry(x, 0, LOW_LIMBS);
    fold(x, LOW_LIMBS);
    carry(x, 0, LOW_LIMBS); // within -2^160 .. L, so that limb 9 is -1, 0 or 1
    addOrderIfNegative(x);
    carry(x, 0, LOW_LIMBS);
    return bytes(x);
  }

  private static void addOrderIfNegative(long[] x) {
    long mask = x[LOW_LIMBS] >> 63;
    for (int j = 0; j < C.length; j++) {
      x[j] += C[j] & mask;
    }
    x[LOW_LIMBS] += 1 & mask;
  }

  private static void fold(long[] x, int i) {
    long over = x[i];
    x[i] = 0;
    for (int j = 0; j < C.length; j++) {
      x[i - LOW_LIMBS + j] -= over * C[j];
    }
  }

  private static void carry(long[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i + 1] += x[i] >> LIMB_BITS;
      x[i] &= MASK;
    }
  }

  private static long[] limbs(byte[] bytes, int count) {
    var limbs = new long[count];
    for (int bit = 0; bit < 8 * bytes.length; bit += 4) {
      long nibble = (bytes[bit >> 3] >> (bit & 4)) & 0xf;
      limbs[bit / LIMB_BITS] |= nibble << (bit % LIMB_BITS);
    }
    return limbs;
  }

  private static byte[] bytes(long[] limbs) {
    var bytes = new byte[SIZE_BYTES];
    for (int bit = 0; bit < 8 * SIZE_BYTES; bit += 4) {
      long nibble = (limbs[bit / LIMB_BITS] >> (bit % LIMB_BITS)) & 0xf;
      bytes[bit >> 3] |= (byte) (nibble << (bit & 4));
    }
    return bytes;
  }
}
