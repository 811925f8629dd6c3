package wildcat.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.PublicKey;

class LinkCodeTest {
  private static final String ONES = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="; // 32 × 01
  private static final String TWOS = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="; // 32 × 02
  private static final String THREES = "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM="; // 32 × 03
  private static final String CODE = String.join(",", "2@ref", ONES, TWOS, THREES);

  private static Bytes filled(int value) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Bytes.wrap(bytes);
  }

  private static LinkCode code(String clientType) {
    return new LinkCode(
        "2@ref",
        new PublicKey(filled(1)),
        new PublicKey(filled(2)),
        Secret.wrap(filled(3).toArray()),
        clientType);
  }

  @Test
  void theTextIsALinkWithFiveParts() {
    assertThat(code("1").text()).isEqualTo("https://wa.me/settings/linked_devices#" + CODE + ",1");
  }

  @Test
  void oldAndNewFormsRead() throws Exception {
    assertThat(LinkCode.parse(CODE)).isEqualTo(code(""));
    assertThat(LinkCode.parse(CODE + ",1")).isEqualTo(code("1"));
    assertThat(LinkCode.parse("https://wa.me/settings/linked_devices#" + CODE + ",c"))
        .isEqualTo(code("c"));
  }

  @Test
  void anythingElseIsRefused() {
    for (String text :
        new String[] {
          "",
          ",",
          "2@ref",
          CODE + ",1,2",
          "," + ONES + "," + TWOS + "," + THREES,
          "2@ref," + ONES + "," + TWOS + ",AwMD",
          "2@ref," + ONES + "," + TWOS + ",!",
          "x".repeat(1_025)
        }) {
      assertThatThrownBy(() -> LinkCode.parse(text)).isInstanceOf(MalformedPairing.class);
    }
  }

  @Test
  void aCodeNeverPrints() {
    assertThat(code("1")).hasToString("link code");
  }
}
