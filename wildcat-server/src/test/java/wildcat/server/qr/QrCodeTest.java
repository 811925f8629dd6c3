package wildcat.server.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Every form is read back by ZXing's decoder.
class QrCodeTest {
  private static final String TEXT = "2@abc/def+ghi==,key1=,key2=,secret=,1";
  private final QrCode code = QrCode.of(TEXT);

  @Test
  void theTextFormHoldsTheCode() throws Exception {
    List<String> lines = code.text().lines().toList();
    int size = lines.getFirst().length() - 4; // two light modules on each side
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(size + 4));
    var modules = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        char sign = lines.get((y + 2) / 2).charAt(x + 2);
        boolean upper = (y & 1) == 0;
        if (sign == ' ' || sign == (upper ? '\u2584' : '\u2580')) {
          modules.set(x, y);
        }
      }
    }
    assertThat(decode(modules)).isEqualTo(TEXT);
  }

  @Test
  void theSvgHoldsTheCode() throws Exception {
    String svg = code.svg();
    var box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg).results().findFirst();
    int size = Integer.parseInt(box.orElseThrow().group(1)) - 8;
    var modules = new BitMatrix(size);
    for (MatchResult run :
        Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z").matcher(svg).results().toList()) {
      modules.setRegion(
          Integer.parseInt(run.group(1)) - 4,
          Integer.parseInt(run.group(2)) - 4,
          Integer.parseInt(run.group(3)),
          1);
    }
    assertThat(decode(modules)).isEqualTo(TEXT);
  }

  @Test
  void thePngHoldsTheCodeWithAWhiteBorder() throws Exception {
    var image = ImageIO.read(new ByteArrayInputStream(code.png()));
    int size = image.getWidth() / 8 - 8;
    assertThat(image.getHeight()).isEqualTo(image.getWidth());
    var modules = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if ((image.getRGB((x + 4) * 8 + 3, (y + 4) * 8 + 3) & 0xffffff) == 0) {
          modules.set(x, y);
        }
      }
    }
    assertThat(decode(modules)).isEqualTo(TEXT);
    for (int i = 0; i < image.getWidth(); i++) {
      assertThat(image.getRGB(i, 31) & 0xffffff).isEqualTo(0xffffff);
      assertThat(image.getRGB(31, i) & 0xffffff).isEqualTo(0xffffff);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> QrCode.of("x".repeat(3_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3000 characters");
  }

  private static String decode(BitMatrix modules) throws Exception {
    return new Decoder().decode(modules).getText();
  }
}
