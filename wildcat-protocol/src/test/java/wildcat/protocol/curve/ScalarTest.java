package wildcat.protocol.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against `BigInteger`.
class ScalarTest {
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  @Test
  void reducesNumbersOf512Bits() {
    for (BigInteger number : numbers(512)) {
      assertThat(value(Scalar.reduce(bytes(number, 64)))).isEqualTo(number.mod(L));
    }
  }

  @Test
  void multipliesAndAddsNumbersOf256Bits() {
    List<BigInteger> numbers = numbers(256);
    var random = new Random(252);
    for (BigInteger a : numbers) {
      BigInteger b = numbers.get(random.nextInt(numbers.size()));
      BigInteger c = numbers.get(random.nextInt(numbers.size()));
      byte[] result = Scalar.multiplyAdd(bytes(a, 32), bytes(b, 32), bytes(c, 32));
      assertThat(value(result)).isEqualTo(a.multiply(b).add(c).mod(L));
    }
  }

  @Test
  void onlyNumbersBelowTheOrderAreCanonical() {
    assertThat(Scalar.isCanonical(bytes(L.subtract(BigInteger.ONE), 32))).isTrue();
    assertThat(Scalar.isCanonical(bytes(L, 32))).isFalse();
    for (BigInteger number : numbers(256)) {
      assertThat(Scalar.isCanonical(bytes(number, 32))).isEqualTo(number.compareTo(L) < 0);
    }
  }

  private static List<BigInteger> numbers(int bits) {
    var numbers = new ArrayList<BigInteger>();
    BigInteger limit = BigInteger.TWO.pow(bits);
    for (int near = -3; near <= 3; near++) {
      for (int bit = 0; bit <= bits; bit++) {
        numbers.add(BigInteger.TWO.pow(bit).add(BigInteger.valueOf(near)));
      }
      for (BigInteger factor = BigInteger.ONE;
          factor.bitLength() <= bits - 252;
          factor = factor.shiftLeft(1)) {
        numbers.add(L.multiply(factor).add(BigInteger.valueOf(near)));
      }
    }
    var random = new Random(bits);
    for (int i = 0; i < 2_000; i++) {
      numbers.add(new BigInteger(bits, random));
    }
    numbers.removeIf(number -> number.signum() < 0 || number.compareTo(limit) >= 0);
    return numbers;
  }

  private static byte[] bytes(BigInteger value, int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = value.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static BigInteger value(byte[] littleEndian) {
    var value = BigInteger.ZERO;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(littleEndian[i] & 0xff));
    }
    return value;
  }
}
