package wildcat.protocol.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// Against `BigInteger`, with random numbers and with those where carries run furthest.
class FieldElementTest {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final List<BigInteger> NUMBERS = numbers();

  @Test
  void multipliesAnyTwoNumbers() {
    forAllPairs((a, b) -> {
      var product = new FieldElement();
      product.multiply(element(a), element(b));
      assertThat(value(product)).isEqualTo(a.multiply(b).mod(P));
    });
  }

  @Test
  void multipliesSumsOfFourAndTheirNegatives() {
    forAllPairs((a, b) -> {
      var product = new FieldElement();
      product.multiply(fourTimes(a, false), fourTimes(b, true));
      var expected = a.multiply(b).multiply(BigInteger.valueOf(-16)).mod(P);
      assertThat(value(product)).isEqualTo(expected);
      product.multiply(fourTimes(a, true), fourTimes(b, true));
      assertThat(value(product)).isEqualTo(a.multiply(b).multiply(BigInteger.valueOf(16)).mod(P));
    });
  }

  @Test
  void squaresSumsOfFourAndTheirNegatives() {
    for (BigInteger a : NUMBERS) {
      for (boolean negative : new boolean[] {false, true}) {
        var square = new FieldElement();
        square.square(fourTimes(a, negative));
        assertThat(value(square)).isEqualTo(a.multiply(a).multiply(BigInteger.valueOf(16)).mod(P));
      }
    }
  }

  @Test
  void addsSubtractsAndMultipliesBySmallNumbers() {
    forAllPairs((a, b) -> {
      var result = new FieldElement();
      result.add(element(a), element(b));
      assertThat(value(result)).isEqualTo(a.add(b).mod(P));
      result.subtract(element(a), element(b));
      assertThat(value(result)).isEqualTo(a.subtract(b).mod(P));
      result.multiply(result, 121665);
      assertThat(value(result))
          .isEqualTo(a.subtract(b).multiply(BigInteger.valueOf(121665)).mod(P));
    });
  }

  @Test
  void invertsEverythingButZero() {
    for (BigInteger a : NUMBERS) {
      FieldElement element = element(a);
      element.invert(element);
      BigInteger expected = a.mod(P).signum() == 0 ? BigInteger.ZERO : a.modInverse(P);
      assertThat(value(element)).isEqualTo(expected);
    }
  }

  @Test
  void raisesToThePowerOfASquareRoot() {
    BigInteger exponent = P.subtract(BigInteger.valueOf(5)).shiftRight(3);
    for (BigInteger a : NUMBERS) {
      FieldElement element = element(a);
      element.power2To252Minus3(element);
      assertThat(value(element)).isEqualTo(a.modPow(exponent, P));
    }
  }

  @Test
  void swapsAndNegatesOnlyWhereTheMaskSaysSo() {
    FieldElement a = element(BigInteger.valueOf(5));
    FieldElement b = element(BigInteger.valueOf(7));
    FieldElement.swapMasked(a, b, 0);
    a.negateMasked(0);
    assertThat(value(a)).isEqualTo(5);
    FieldElement.swapMasked(a, b, -1);
    b.negateMasked(-1);
    assertThat(value(a)).isEqualTo(7);
    assertThat(value(b)).isEqualTo(P.subtract(BigInteger.valueOf(5)));
  }

  private static List<BigInteger> numbers() {
    var numbers = new ArrayList<BigInteger>();
    for (int small = 0; small <= 20; small++) {
      numbers.add(BigInteger.valueOf(small));
      numbers.add(P.subtract(BigInteger.valueOf(small)).mod(P));
      numbers.add(BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(small + 1)));
    }
    for (int bit = 50; bit < 255; bit += 51) {
      numbers.add(BigInteger.TWO.pow(bit));
      numbers.add(BigInteger.TWO.pow(bit + 1).subtract(BigInteger.ONE));
    }
    var random = new Random(25519);
    for (int i = 0; i < 80; i++) {
      numbers.add(new BigInteger(255, random));
    }
    return numbers;
  }

  private static void forAllPairs(BiConsumer<BigInteger, BigInteger> check) {
    for (BigInteger a : NUMBERS) {
      for (BigInteger b : NUMBERS) {
        check.accept(a, b);
      }
    }
  }

  private static FieldElement element(BigInteger value) {
    return FieldElement.ofBytes(bytes(value));
  }

  /// The value as a product leaves it, limbs over 51 bits included.
  private static FieldElement carried(BigInteger value) {
    var product = new FieldElement();
    product.multiply(element(value), FieldElement.of(1));
    return product;
  }

  private static FieldElement fourTimes(BigInteger value, boolean negative) {
    FieldElement four = carried(value);
    four.add(four, four);
    four.add(four, four);
    if (negative) {
      four.negate(four);
    }
    return four;
  }

  private static byte[] bytes(BigInteger value) {
    var bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[i] = value.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static BigInteger value(FieldElement element) {
    var value = BigInteger.ZERO;
    byte[] bytes = element.toBytes();
    for (int i = 31; i >= 0; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    return value;
  }
}
