package wildcat.protocol.curve;

/// A number modulo p = 2^255 - 19, mutable so that the arithmetic allocates nothing. Not thread-safe.
///
/// The value is l0 + l1·2^51 + l2·2^102 + l3·2^153 + l4·2^204 with *signed* limbs. A product is
/// *carried*: its limbs lie within -2^14 .. 2^51 + 2^14. Sums and differences are not carried. So that
/// nothing overflows, what is multiplied or squared may be a sum of at most four carried values.
///
/// No operation branches or indexes by a value, except where its name says so.
final class FieldElement {
  static final int SIZE_BYTES = 32;

  private static final int LIMB_BITS = 51;
  private static final long MASK = (1L << LIMB_BITS) - 1;

  /// How far the second factor of a product is shifted, see [#high].
  private static final int SCALE_BITS = 5;

  private long l0;
  private long l1;
  private long l2;
  private long l3;
  private long l4;

  /// Zero.
  FieldElement() {}

  static FieldElement of(long small) {
    var element = new FieldElement();
    element.l0 = small;
    return element;
  }

  /// Little-endian; the top bit of the last byte is ignored, values from p to 2^255 - 1 are taken
  /// modulo p (RFC 7748, section 5).
  static FieldElement ofBytes(byte[] bytes) {
    var element = new FieldElement();
    element.l0 = littleEndian(bytes, 0) & MASK;
    element.l1 = (littleEndian(bytes, 6) >>> 3) & MASK;
    element.l2 = (littleEndian(bytes, 12) >>> 6) & MASK;
    element.l3 = (littleEndian(bytes, 19) >>> 1) & MASK;
    element.l4 = (littleEndian(bytes, 24) >>> 12) & MASK;
    return element;
  }

  /// The value below p, little-endian.
  byte[] toBytes() {
    var reduced = new FieldElement();
    reduced.set(this);
    reduced.reduce();
    var bytes = new byte[SIZE_BYTES];
    putLittleEndian(bytes, 0, reduced.l0 | (reduced.l1 << 51));
    putLittleEndian(bytes, 8, (reduced.l1 >>> 13) | (reduced.l2 << 38));
    putLittleEndian(bytes, 16, (reduced.l2 >>> 26) | (reduced.l3 << 25));
    putLittleEndian(bytes, 24, (reduced.l3 >>> 39) | (reduced.l4 << 12));
    return bytes;
  }

  /// Writes the five limbs, fully reduced, to `table` from `offset` on.
  void store(long[] table, int offset) {
    reduce();
    table[offset] = l0;
    table[offset + 1] = l1;
    table[offset + 2] = l2;
    table[offset + 3] = l3;
    table[offset + 4] = l4;
  }

  /// Reads what [#store] wrote.
  void load(long[] table, int offset) {
    l0 = table[offset];
    l1 = table[offset + 1];
    l2 = table[offset + 2];
    l3 = table[offset + 3];
    l4 = table[offset + 4];
  }

  /// Ors in the limbs at `offset` where `mask` is all ones; nothing where it is zero.
  void loadMasked(long[] table, int offset, long mask) {
    l0 |= table[offset] & mask;
    l1 |= table[offset + 1] & mask;
    l2 |= table[offset + 2] & mask;
    l3 |= table[offset + 3] & mask;
    l4 |= table[offset + 4] & mask;
  }

  /// Ors a small number into the lowest limb where `mask` is all ones.
  void orMasked(long small, long mask) {
    l0 |= small & mask;
  }

  void set(FieldElement a) {
    l0 = a.l0;
    l1 = a.l1;
    l2 = a.l2;
    l3 = a.l3;
    l4 = a.l4;
  }

  void set(long small) {
    l0 = small;
    l1 = 0;
    l2 = 0;
    l3 = 0;
    l4 = 0;
  }

  void add(FieldElement a, FieldElement b) {
    l0 = a.l0 + b.l0;
    l1 = a.l1 + b.l1;
    l2 = a.l2 + b.l2;
    l3 = a.l3 + b.l3;
    l4 = a.l4 + b.l4;
  }

  void subtract(FieldElement a, FieldElement b) {
    l0 = a.l0 - b.l0;
    l1 = a.l1 - b.l1;
    l2 = a.l2 - b.l2;
    l3 = a.l3 - b.l3;
    l4 = a.l4 - b.l4;
  }

  void negate(FieldElement a) {
    l0 = -a.l0;
    l1 = -a.l1;
    l2 = -a.l2;
    l3 = -a.l3;
    l4 = -a.l4;
  }

  /// Negates this where `mask` is all ones; leaves it where it is zero.
  void negateMasked(long mask) {
    l0 = (l0 ^ mask) - mask;
    l1 = (l1 ^ mask) - mask;
    l2 = (l2 ^ mask) - mask;
    l3 = (l3 ^ mask) - mask;
    l4 = (l4 ^ mask) - mask;
  }

  /// Exchanges `a` and `b` where `mask` is all ones; leaves them where it is zero.
  static void swapMasked(FieldElement a, FieldElement b, long mask) {
    long d0 = (a.l0 ^ b.l0) & mask;
    long d1 = (a.l1 ^ b.l1) & mask;
    long d2 = (a.l2 ^ b.l2) & mask;
    long d3 = (a.l3 ^ b.l3) & mask;
    long d4 = (a.l4 ^ b.l4) & mask;
    a.l0 ^= d0;
    a.l1 ^= d1;
    a.l2 ^= d2;
    a.l3 ^= d3;
    a.l4 ^= d4;
    b.l0 ^= d0;
    b.l1 ^= d1;
    b.l2 ^= d2;
    b.l3 ^= d3;
    b.l4 ^= d4;
  }

  // How a column of products is summed without 128-bit integers. Let S = Σ x·y, and let the second
  // factors be scaled to y·2^5. Then
  //   high = Σ ⌊x·y / 2^51⌋   from multiplyHigh of x·2^8 and y·2^5, since 8 + 5 + 51 = 64, and
  //   low  = Σ x·y·2^5        modulo 2^64, from the plain product of x and y·2^5.
  // S's limb stands in low above the 5 zeros. Its carry ⌊S / 2^51⌋ is high plus what the dropped
  // fractions add up to, which is less than the number of summands; low's 8 top bits tell the carry
  // modulo 2^8, and so that difference exactly.

  private static long high(long x, long scaledY) {
    return Math.multiplyHigh(x << (64 - LIMB_BITS - SCALE_BITS), scaledY);
  }

  private static long carry(long high, long low) {
    return high + (((low >>> (LIMB_BITS + SCALE_BITS)) - high) & 0xff);
  }

  private static long limb(long low) {
    return (low >>> SCALE_BITS) & MASK;
  }

  /// Sets this to a·b; the operands may be this.
  ///
  /// Two products that meet in one column take one multiplication (Karatsuba): a1·b2 + a2·b1 =
  /// (a1 - a2)·(b2 - b1) + a1·b1 + a2·b2, and the last two are needed anyway. p0 is the low part of a0·b0,
  /// q0 the high part, p02 is p0 + p1 + p2.
  void multiply(FieldElement a, FieldElement b) {
    long a0 = a.l0;
    long a1 = a.l1;
    long a2 = a.l2;
    long a3 = a.l3;
    long a4 = a.l4;
    long b0 = b.l0 << SCALE_BITS;
    long b1 = b.l1 << SCALE_BITS;
    long b2 = b.l2 << SCALE_BITS;
    long b3 = b.l3 << SCALE_BITS;
    long b4 = b.l4 << SCALE_BITS;

    long p0 = a0 * b0;
    long p01 = p0 + a1 * b1;
    long p02 = p01 + a2 * b2;
    long p03 = p02 + a3 * b3;
    long p4 = a4 * b4;
    long p34 = p4 + a3 * b3;
    long p24 = p34 + a2 * b2;
    long p14 = p24 + a1 * b1;
    long q0 = high(a0, b0);
    long q01 = q0 + high(a1, b1);
    long q02 = q01 + high(a2, b2);
    long q03 = q02 + high(a3, b3);
    long q4 = high(a4, b4);
    long q34 = q4 + high(a3, b3);
    long q24 = q34 + high(a2, b2);
    long q14 = q24 + high(a1, b1);

    // 2^255 = 19: columns 5 to 8 fall on 0 to 3
    long low0 = p0 + 19 * ((a1 - a4) * (b4 - b1) + (a2 - a3) * (b3 - b2) + p14);
    long low1 = (a0 - a1) * (b1 - b0) + p01 + 19 * ((a2 - a4) * (b4 - b2) + p24);
    long low2 = (a0 - a2) * (b2 - b0) + p02 + 19 * ((a3 - a4) * (b4 - b3) + p34);
    long low3 = (a0 - a3) * (b3 - b0) + (a1 - a2) * (b2 - b1) + p03 + 19 * p4;
    long low4 = (a0 - a4) * (b4 - b0) + (a1 - a3) * (b3 - b1) + p03 + p4;
    long high0 = q0 + 19 * (high(a1 - a4, b4 - b1) + high(a2 - a3, b3 - b2) + q14);
    long high1 = high(a0 - a1, b1 - b0) + q01 + 19 * (high(a2 - a4, b4 - b2) + q24);
    long high2 = high(a0 - a2, b2 - b0) + q02 + 19 * (high(a3 - a4, b4 - b3) + q34);
    long high3 = high(a0 - a3, b3 - b0) + high(a1 - a2, b2 - b1) + q03 + 19 * q4;
    long high4 = high(a0 - a4, b4 - b0) + high(a1 - a3, b3 - b1) + q03 + q4;

    l0 = limb(low0) + 19 * carry(high4, low4);
    l1 = limb(low1) + carry(high0, low0);
    l2 = limb(low2) + carry(high1, low1);
    l3 = limb(low3) + carry(high2, low2);
    l4 = limb(low4) + carry(high3, low3);
    carryOnce();
  }

  /// Sets this to a².
  void square(FieldElement a) {
    long a0 = a.l0;
    long a1 = a.l1;
    long a2 = a.l2;
    long a3 = a.l3;
    long a4 = a.l4;
    long b0 = a0 << SCALE_BITS;
    long b1 = a1 << SCALE_BITS;
    long b2 = a2 << SCALE_BITS;
    long b3 = a3 << SCALE_BITS;
    long b4 = a4 << SCALE_BITS;
    long c3 = 19 * b3;
    long c4 = 19 * b4;

    long low0 = a0 * b0 + 2 * (a1 * c4 + a2 * c3);
    long low1 = 2 * (a0 * b1 + a2 * c4) + a3 * c3;
    long low2 = 2 * (a0 * b2 + a3 * c4) + a1 * b1;
    long low3 = 2 * (a0 * b3 + a1 * b2) + a4 * c4;
    long low4 = 2 * (a0 * b4 + a1 * b3) + a2 * b2;
    long high0 = high(a0, b0) + 2 * (high(a1, c4) + high(a2, c3));
    long high1 = 2 * (high(a0, b1) + high(a2, c4)) + high(a3, c3);
    long high2 = 2 * (high(a0, b2) + high(a3, c4)) + high(a1, b1);
    long high3 = 2 * (high(a0, b3) + high(a1, b2)) + high(a4, c4);
    long high4 = 2 * (high(a0, b4) + high(a1, b3)) + high(a2, b2);

    l0 = limb(low0) + 19 * carry(high4, low4);
    l1 = limb(low1) + carry(high0, low0);
    l2 = limb(low2) + carry(high1, low1);
    l3 = limb(low3) + carry(high2, low2);
    l4 = limb(low4) + carry(high3, low3);
    carryOnce();
  }

  /// Sets this to a^(2^times).
  void square(FieldElement a, int times) {
    square(a);
    for (int i = 1; i < times; i++) {
      square(this);
    }
  }

  /// Sets this to a·factor, for a factor below 2^20.
  void multiply(FieldElement a, int factor) {
    long scaled = (long) factor << SCALE_BITS;
    long high4 = high(a.l4, scaled);
    l4 = limb(a.l4 * scaled) + high(a.l3, scaled);
    l3 = limb(a.l3 * scaled) + high(a.l2, scaled);
    l2 = limb(a.l2 * scaled) + high(a.l1, scaled);
    l1 = limb(a.l1 * scaled) + high(a.l0, scaled);
    l0 = limb(a.l0 * scaled) + 19 * high4;
  }

  /// Sets this to 1/a, and to 0 for 0 (a^(p-2)).
  void invert(FieldElement a) {
    var base = new FieldElement();
    base.set(a);
    var a11 = new FieldElement();
    powerOf2To250Minus1(base, a11);
    square(this, 5);
    multiply(this, a11); // 2^255 - 2^5 + 11 = p - 2
  }

  /// Sets this to a^((p-5)/8) = a^(2^252 - 3), the core of a square root.
  void power2To252Minus3(FieldElement a) {
    var base = new FieldElement();
    base.set(a);
    powerOf2To250Minus1(base, new FieldElement());
    square(this, 2);
    multiply(this, base);
  }

  /// Sets this to a^(2^250 - 1), and `a11` to a^11 on the way.
  private void powerOf2To250Minus1(FieldElement a, FieldElement a11) {
    var ones10 = new FieldElement(); // a^(2^10 - 1), and so on
    var ones50 = new FieldElement();
    var run = new FieldElement();

    run.square(a, 1); // a^2
    ones10.square(run, 2); // a^8
    ones10.multiply(ones10, a); // a^9
    a11.multiply(ones10, run);
    run.square(a11, 1); // a^22
    run.multiply(run, ones10); // a^(2^5 - 1)
    ones10.square(run, 5);
    ones10.multiply(ones10, run);
    run.square(ones10, 10);
    run.multiply(run, ones10); // 20 ones
    ones50.square(run, 20);
    run.multiply(ones50, run); // 40 ones
    run.square(run, 10);
    ones50.multiply(run, ones10);
    run.square(ones50, 50);
    run.multiply(run, ones50); // 100 ones
    square(run, 100);
    run.multiply(this, run); // 200 ones
    run.square(run, 50);
    multiply(run, ones50);
  }

  boolean isZero() {
    var reduced = new FieldElement();
    reduced.set(this);
    reduced.reduce();
    return (reduced.l0 | reduced.l1 | reduced.l2 | reduced.l3 | reduced.l4) == 0;
  }

  /// Whether the value below p is odd, which is what "negative" means for Ed25519.
  boolean isOdd() {
    var reduced = new FieldElement();
    reduced.set(this);
    reduced.reduce();
    return (reduced.l0 & 1) == 1;
  }

  /// Moves what exceeds 51 bits to the next limb, all limbs at once.
  private void carryOnce() {
    long c0 = l0 >> LIMB_BITS;
    long c1 = l1 >> LIMB_BITS;
    long c2 = l2 >> LIMB_BITS;
    long c3 = l3 >> LIMB_BITS;
    long c4 = l4 >> LIMB_BITS;
    l0 = (l0 & MASK) + 19 * c4;
    l1 = (l1 & MASK) + c0;
    l2 = (l2 & MASK) + c1;
    l3 = (l3 & MASK) + c2;
    l4 = (l4 & MASK) + c3;
  }

  /// Brings the value below p and every limb to 51 bits.
  private void reduce() {
    carryThrough();
    carryThrough();
    carryThrough();
    // now 0 <= value < 2^255; add 19: what carries out of bit 255 tells whether the value is >= p
    long over = (l0 + 19) >> LIMB_BITS;
    over = (l1 + over) >> LIMB_BITS;
    over = (l2 + over) >> LIMB_BITS;
    over = (l3 + over) >> LIMB_BITS;
    over = (l4 + over) >> LIMB_BITS;
    l0 += 19 * over;
    long top = carryUp();
    assert top == over;
  }

  private void carryThrough() {
    long top = carryUp();
    l0 += 19 * top;
  }

  /// Carries from l0 to l4, and returns what leaves l4.
  private long carryUp() {
    l1 += l0 >> LIMB_BITS;
    l0 &= MASK;
    l2 += l1 >> LIMB_BITS;
    l1 &= MASK;
    l3 += l2 >> LIMB_BITS;
    l2 &= MASK;
    l4 += l3 >> LIMB_BITS;
    l3 &= MASK;
    long top = l4 >> LIMB_BITS;
    l4 &= MASK;
    return top;
  }

  private static long littleEndian(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }

  private static void putLittleEndian(byte[] bytes, int offset, long value) {
    for (int i = 0; i < 8; i++) {
      bytes[offset + i] = (byte) (value >>> (8 * i));
    }
  }
}
