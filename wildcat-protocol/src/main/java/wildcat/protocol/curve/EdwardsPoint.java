package wildcat.protocol.curve;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A point of the twisted Edwards curve -x² + y² = 1 + d·x²·y² (edwards25519), mutable. Not
/// thread-safe.
///
/// Extended coordinates: x = X/Z, y = Y/Z, T = X·Y/Z. The formulas are complete, so no case needs a
/// branch. Source: RFC 8032, section 5.1; Hisil, Wong, Carter, Dawson: Twisted Edwards Curves
/// Revisited, 2008.
final class EdwardsPoint {
  private static final FieldElement D =
      constant("a3785913ca4deb75abd841414d0a700098e879777940c78c73fe6f2bee6c0352");
  private static final FieldElement D2 =
      constant("59f1b226949bd6eb56b183829a14e00030d1f3eef2808e19e7fcdf56dcd90624");
  private static final FieldElement SQUARE_ROOT_OF_MINUS_1 =
      constant("b0a00e4a271beec478e42fad0618432fa7d7fb3d99004d2b0bdfc14f8024832b");
  private static final FieldElement ONE = FieldElement.of(1);

  private final FieldElement x = new FieldElement();
  private final FieldElement y = FieldElement.of(1);
  private final FieldElement z = FieldElement.of(1);
  private final FieldElement t = new FieldElement();

  private final FieldElement e = new FieldElement();
  private final FieldElement f = new FieldElement();
  private final FieldElement g = new FieldElement();
  private final FieldElement h = new FieldElement();

  /// The neutral element.
  EdwardsPoint() {}

  private static FieldElement constant(String littleEndianHex) {
    return FieldElement.ofBytes(HexFormat.of().parseHex(littleEndianHex));
  }

  /// The base point: y = 4/5, x even.
  static EdwardsPoint base() {
    FieldElement y = FieldElement.of(5);
    y.invert(y);
    y.multiply(y, 4);
    EdwardsPoint base = ofY(y, false);
    if (base == null) {
      throw new IllegalStateException("the base point is on the curve");
    }
    return base;
  }

  /// Decodes a point as Ed25519 does; null when `encoded` is not canonical or not on the curve. Not in
  /// constant time.
  static @Nullable EdwardsPoint decode(byte[] encoded) {
    FieldElement y = FieldElement.ofBytes(encoded);
    byte[] canonical = y.toBytes();
    canonical[31] |= (byte) (encoded[31] & 0x80);
    return Arrays.equals(canonical, encoded) ? ofY(y, encoded[31] < 0) : null;
  }

  /// The point with this y whose x is odd or even as asked; null when there is none. Not in constant
  /// time.
  static @Nullable EdwardsPoint ofY(FieldElement y, boolean odd) {
    // x² = u/v with u = y² - 1, v = d·y² + 1; a root is u·v³·(u·v⁷)^((p-5)/8), maybe times √-1
    var u = new FieldElement();
    var v = new FieldElement();
    var v3 = new FieldElement();
    var root = new FieldElement();
    u.square(y);
    v.multiply(u, D);
    u.subtract(u, ONE);
    v.add(v, ONE);
    v3.square(v);
    v3.multiply(v3, v);
    root.square(v3);
    root.multiply(root, v);
    root.multiply(root, u);
    root.power2To252Minus3(root);
    root.multiply(root, v3);
    root.multiply(root, u);

    var check = new FieldElement();
    var difference = new FieldElement();
    check.square(root);
    check.multiply(check, v);
    difference.subtract(check, u);
    if (!difference.isZero()) {
      difference.add(check, u);
      if (!difference.isZero()) {
        return null;
      }
      root.multiply(root, SQUARE_ROOT_OF_MINUS_1);
    }
    if (root.isZero() && odd) {
      return null;
    }
    if (root.isOdd() != odd) {
      root.negate(root);
    }
    var point = new EdwardsPoint();
    point.x.set(root);
    point.y.set(y);
    point.t.multiply(root, y);
    return point;
  }

  /// The 32 bytes of Ed25519: y, and the parity of x in the top bit.
  byte[] encode() {
    FieldElement inverse = e;
    inverse.invert(z);
    f.multiply(x, inverse);
    g.multiply(y, inverse);
    byte[] encoded = g.toBytes();
    encoded[31] |= (byte) (f.isOdd() ? 0x80 : 0);
    return encoded;
  }

  /// The u-coordinate on Curve25519: (1 + y) / (1 - y).
  byte[] montgomeryU() {
    e.subtract(z, y);
    e.invert(e);
    f.add(z, y);
    f.multiply(f, e);
    return f.toBytes();
  }

  boolean isNeutral() {
    e.subtract(y, z);
    return x.isZero() && e.isZero();
  }

  void set(EdwardsPoint a) {
    x.set(a.x);
    y.set(a.y);
    z.set(a.z);
    t.set(a.t);
  }

  void negate() {
    x.negate(x);
    t.negate(t);
  }

  /// Doubles this point.
  ///
  /// @param withT whether T is needed: only a doubling can follow without it
  void twice(boolean withT) {
    e.add(x, y);
    e.square(e);
    f.square(x);
    h.square(y);
    g.subtract(f, h); // X² - Y²
    h.add(f, h); // X² + Y²
    e.subtract(h, e); // -2XY
    f.square(z);
    f.add(f, f);
    f.add(f, g); // 2Z² + X² - Y²
    x.multiply(e, f);
    y.multiply(g, h);
    z.multiply(f, g);
    if (withT) {
      t.multiply(e, h);
    }
  }

  /// Adds a point given as (Y + X, Y - X, 2Z, 2dT); subtracts it when `minus`, which is no secret.
  void add(Cached p, boolean minus) {
    e.subtract(y, x);
    h.add(y, x);
    f.multiply(t, p.t2d);
    g.multiply(z, p.z2);
    finish(p.plus, p.minus, minus);
  }

  /// Adds a point with Z = 1, given as (y + x, y - x, 2dxy).
  void add(Affine p, boolean minus) {
    e.subtract(y, x);
    h.add(y, x);
    f.multiply(t, p.xy2d);
    g.add(z, z);
    finish(p.plus, p.minus, minus);
  }

  // e = Y - X, h = Y + X, f = C = T·2d·T', g = D = 2Z·Z'
  private void finish(FieldElement plus, FieldElement minus, boolean negative) {
    e.multiply(e, negative ? plus : minus); // A
    h.multiply(h, negative ? minus : plus); // B
    x.subtract(h, e); // B - A
    h.add(h, e); // B + A
    e.set(x);
    t.add(g, f); // D + C
    z.subtract(g, f); // D - C
    f.set(negative ? t : z);
    g.set(negative ? z : t);
    x.multiply(e, f);
    y.multiply(g, h);
    z.multiply(f, g);
    t.multiply(e, h);
  }

  /// A point prepared as a summand.
  static final class Cached {
    private final FieldElement plus = new FieldElement();
    private final FieldElement minus = new FieldElement();
    private final FieldElement z2 = new FieldElement();
    private final FieldElement t2d = new FieldElement();

    void set(EdwardsPoint p) {
      plus.add(p.y, p.x);
      minus.subtract(p.y, p.x);
      z2.add(p.z, p.z);
      t2d.multiply(p.t, D2);
    }
  }

  /// A point with Z = 1 prepared as a summand; what tables hold, 15 limbs each.
  static final class Affine {
    static final int LIMBS = 15;

    private final FieldElement plus = new FieldElement();
    private final FieldElement minus = new FieldElement();
    private final FieldElement xy2d = new FieldElement();

    void setZero() {
      plus.set(0);
      minus.set(0);
      xy2d.set(0);
    }

    /// @param inverseZ 1/Z of `p`
    void set(EdwardsPoint p, FieldElement inverseZ) {
      var affineX = new FieldElement();
      var affineY = new FieldElement();
      affineX.multiply(p.x, inverseZ);
      affineY.multiply(p.y, inverseZ);
      plus.add(affineY, affineX);
      minus.subtract(affineY, affineX);
      xy2d.multiply(affineX, affineY);
      xy2d.multiply(xy2d, D2);
    }

    void store(long[] table, int offset) {
      plus.store(table, offset);
      minus.store(table, offset + 5);
      xy2d.store(table, offset + 10);
    }

    void load(long[] table, int offset) {
      plus.load(table, offset);
      minus.load(table, offset + 5);
      xy2d.load(table, offset + 10);
    }

    void loadMasked(long[] table, int offset, long mask) {
      plus.loadMasked(table, offset, mask);
      minus.loadMasked(table, offset + 5, mask);
      xy2d.loadMasked(table, offset + 10, mask);
    }

    /// The neutral element where `mask` is all ones and this is still zero.
    void orNeutralMasked(long mask) {
      plus.orMasked(1, mask);
      minus.orMasked(1, mask);
    }

    void negateMasked(long mask) {
      FieldElement.swapMasked(plus, minus, mask);
      xy2d.negateMasked(mask);
    }
  }

  FieldElement z() {
    return z;
  }
}
