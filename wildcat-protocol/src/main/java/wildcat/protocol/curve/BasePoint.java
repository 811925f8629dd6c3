package wildcat.protocol.curve;

/// Multiples of the base point from tables computed once.
///
/// Signed digits to the base 16: n = Σ d_i·16^i with -8 <= d_i <= 8. The table for constant time holds
/// j·256^i·B for j = 1..8 and i = 0..31, 30 KiB; odd digits are summed first and the sum multiplied by
/// 16. Source: Bernstein, Duif, Lange, Schwabe, Yang: High-speed high-security signatures, 2011,
/// section 4.
final class BasePoint {
  private static final int ROWS = 32;
  private static final int COLUMNS = 8;

  /// Odd multiples B, 3B, 5B … 127B, for verification.
  static final int ODD_MULTIPLES = 64;

  private static final long[] TABLE = new long[ROWS * COLUMNS * EdwardsPoint.Affine.LIMBS];
  private static final long[] ODD = new long[ODD_MULTIPLES * EdwardsPoint.Affine.LIMBS];

  static {
    fillTables();
  }

  private BasePoint() {}

  /// `scalar` times the base point, in constant time.
  ///
  /// @param scalar 32 bytes, below 2^255
  static EdwardsPoint multiply(byte[] scalar) {
    byte[] digits = signedDigits(scalar);
    var sum = new EdwardsPoint();
    var summand = new EdwardsPoint.Affine();
    for (int i = 1; i < digits.length; i += 2) {
      select(summand, i >> 1, digits[i]);
      sum.add(summand, false);
    }
    sum.twice(false);
    sum.twice(false);
    sum.twice(false);
    sum.twice(true);
    for (int i = 0; i < digits.length; i += 2) {
      select(summand, i >> 1, digits[i]);
      sum.add(summand, false);
    }
    return sum;
  }

  /// Loads (2·index + 1)·B. The index is no secret.
  static void loadOdd(EdwardsPoint.Affine summand, int index) {
    summand.load(ODD, index * EdwardsPoint.Affine.LIMBS);
  }

  /// 64 digits within -8..8.
  private static byte[] signedDigits(byte[] scalar) {
    var digits = new byte[64];
    int carry = 0;
    for (int i = 0; i < 63; i++) {
      int digit = ((scalar[i >> 1] >> (4 * (i & 1))) & 0xf) + carry;
      carry = (digit + 8) >> 4;
      digits[i] = (byte) (digit - (carry << 4));
    }
    digits[63] = (byte) (((scalar[31] >> 4) & 0xf) + carry);
    return digits;
  }

  /// Sets `summand` to digit·256^row·B, reading the whole row whatever the digit is.
  private static void select(EdwardsPoint.Affine summand, int row, int digit) {
    int sign = digit >> 31;
    int magnitude = (digit ^ sign) - sign;
    summand.setZero();
    for (int j = 1; j <= COLUMNS; j++) {
      int offset = (row * COLUMNS + j - 1) * EdwardsPoint.Affine.LIMBS;
      summand.loadMasked(TABLE, offset, allOnesIfZero(magnitude ^ j));
    }
    summand.orNeutralMasked(allOnesIfZero(magnitude));
    summand.negateMasked(sign);
  }

  private static long allOnesIfZero(int value) {
    return ((value & 0xffffffffL) - 1) >> 63;
  }

  private static void fillTables() {
    EdwardsPoint rowBase = EdwardsPoint.base();
    var points = new EdwardsPoint[ROWS * COLUMNS + ODD_MULTIPLES];
    fillMultiples(points, ROWS * COLUMNS, ODD_MULTIPLES, rowBase, doubled(rowBase));
    for (int row = 0; row < ROWS; row++) {
      fillMultiples(points, row * COLUMNS, COLUMNS, rowBase, rowBase);
      rowBase = copy(rowBase);
      for (int i = 0; i < 8; i++) {
        rowBase.twice(i == 7);
      }
    }
    storeAffine(points);
  }

  /// first, first + step, first + 2·step …
  private static void fillMultiples(
      EdwardsPoint[] points, int from, int count, EdwardsPoint first, EdwardsPoint step) {
    var summand = new EdwardsPoint.Cached();
    summand.set(step);
    points[from] = first;
    for (int i = 1; i < count; i++) {
      points[from + i] = copy(points[from + i - 1]);
      points[from + i].add(summand, false);
    }
  }

  /// Brings all points to Z = 1 with one inversion: 1/(Z1·Z2·…) yields each inverse in turn.
  private static void storeAffine(EdwardsPoint[] points) {
    var products = new FieldElement[points.length]; // of all Z before
    var product = FieldElement.of(1);
    for (int i = 0; i < points.length; i++) {
      products[i] = new FieldElement();
      products[i].set(product);
      product.multiply(product, points[i].z());
    }
    var inverse = new FieldElement();
    inverse.invert(product);
    var inverseZ = new FieldElement();
    var affine = new EdwardsPoint.Affine();
    for (int i = points.length - 1; i >= 0; i--) {
      inverseZ.multiply(inverse, products[i]);
      inverse.multiply(inverse, points[i].z());
      affine.set(points[i], inverseZ);
      int inTable = i * EdwardsPoint.Affine.LIMBS;
      if (inTable < TABLE.length) {
        affine.store(TABLE, inTable);
      } else {
        affine.store(ODD, inTable - TABLE.length);
      }
    }
  }

  private static EdwardsPoint copy(EdwardsPoint point) {
    var copy = new EdwardsPoint();
    copy.set(point);
    return copy;
  }

  private static EdwardsPoint doubled(EdwardsPoint point) {
    EdwardsPoint doubled = copy(point);
    doubled.twice(true);
    return doubled;
  }
}
