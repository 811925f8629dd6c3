package wildcat.protocol.curve;

/// X25519: multiplication on the u-coordinate of Curve25519 by the Montgomery ladder, in constant time.
/// Source: RFC 7748, section 5.
final class Montgomery {
  private static final int A24 = 121665; // (486662 - 2) / 4

  // the two points of the ladder, (x2 : z2) = n·P and (x3 : z3) = (n + 1)·P
  private final FieldElement x1;
  private final FieldElement x2 = FieldElement.of(1);
  private final FieldElement z2 = new FieldElement();
  private final FieldElement x3 = new FieldElement();
  private final FieldElement z3 = FieldElement.of(1);

  private final FieldElement sum2 = new FieldElement();
  private final FieldElement difference2 = new FieldElement();
  private final FieldElement sum3 = new FieldElement();
  private final FieldElement difference3 = new FieldElement();

  private Montgomery(byte[] u) {
    x1 = FieldElement.ofBytes(u);
    x3.set(x1);
  }

  /// Makes 32 bytes a private scalar: a multiple of 8 with bit 254 set and bit 255 clear.
  static void clamp(byte[] scalar) {
    scalar[0] &= (byte) 0xf8;
    scalar[31] = (byte) ((scalar[31] & 0x7f) | 0x40);
  }

  /// The u-coordinate of `scalar` times the point with coordinate `u`; all zero for a point of low
  /// order.
  ///
  /// @param scalar 32 bytes, clamped
  static byte[] multiply(byte[] scalar, byte[] u) {
    var ladder = new Montgomery(u);
    int swapped = 0;
    for (int bit = 254; bit >= 0; bit--) {
      int wanted = (scalar[bit >> 3] >> (bit & 7)) & 1;
      ladder.swap(-(wanted ^ swapped));
      swapped = wanted;
      ladder.step();
    }
    ladder.swap(-swapped);
    return ladder.result();
  }

  private void swap(long mask) {
    FieldElement.swapMasked(x2, x3, mask);
    FieldElement.swapMasked(z2, z3, mask);
  }

  /// Doubles (x2 : z2) and adds it to (x3 : z3).
  private void step() {
    sum2.add(x2, z2);
    difference2.subtract(x2, z2);
    sum3.add(x3, z3);
    difference3.subtract(x3, z3);

    difference3.multiply(difference3, sum2);
    sum3.multiply(sum3, difference2);
    x3.add(difference3, sum3);
    x3.square(x3);
    z3.subtract(difference3, sum3);
    z3.square(z3);
    z3.multiply(z3, x1);

    sum2.square(sum2);
    difference2.square(difference2);
    x2.multiply(sum2, difference2);
    difference2.subtract(sum2, difference2);
    z2.multiply(difference2, A24);
    z2.add(z2, sum2);
    z2.multiply(z2, difference2);
  }

  private byte[] result() {
    z2.invert(z2);
    x2.multiply(x2, z2);
    return x2.toBytes();
  }
}
