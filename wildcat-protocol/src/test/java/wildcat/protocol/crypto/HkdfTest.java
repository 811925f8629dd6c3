package wildcat.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void derivesTheBasicCaseOfRfc5869() {
    // RFC 5869, A.1
    assertThat(
            derive(
                "000102030405060708090a0b0c",
                "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
                "f0f1f2f3f4f5f6f7f8f9",
                42))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void derivesTheCaseWithLongInputsOfRfc5869() {
    // RFC 5869, A.2
    assertThat(derive(range(0x60, 0xaf), range(0x00, 0x4f), range(0xb0, 0xff), 82))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void treatsAnEmptySaltAsZeros() {
    // RFC 5869, A.3
    String expected =
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8";
    String ikm = "0b".repeat(22);
    assertThat(derive("", ikm, "", 42)).isEqualTo(expected);
    assertThat(derive("00".repeat(32), ikm, "", 42)).isEqualTo(expected);
  }

  @Test
  void yieldsUpTo8160BytesAndNotOneMore() {
    assertThat(derive("", "0b", "", 0)).isEmpty();
    assertThat(derive("", "0b", "", 8160)).hasSize(2 * 8160);
    assertThatThrownBy(() -> derive("", "0b", "", 8161))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("HKDF yields 0 to 8160 B, not 8161");
  }

  private static String derive(String salt, String ikm, String info, int lengthBytes) {
    return HEX.formatHex(
        Hkdf.derive(HEX.parseHex(salt), HEX.parseHex(ikm), HEX.parseHex(info), lengthBytes));
  }

  private static String range(int from, int to) {
    var text = new StringBuilder();
    for (int b = from; b <= to; b++) {
      text.append(HEX.toHexDigits((byte) b));
    }
    return text.toString();
  }
}
