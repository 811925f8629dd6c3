package wildcat.server.qr;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// A QR code, error correction level L as WhatsApp itself draws it, with the quiet zone the standard asks for.
public final class QrCode {
  private static final int QUIET = 4;
  private static final int QUIET_IN_TEXT = 2;
  private static final int PIXELS_PER_MODULE = 8;

  private final ByteMatrix modules;

  private QrCode(ByteMatrix modules) {
    this.modules = modules;
  }

  /// @throws IllegalArgumentException `text` does not fit, above about 2,900 characters
  public static QrCode of(String text) {
    try {
      return new QrCode(Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix());
    } catch (WriterException e) {
      throw new IllegalArgumentException("a QR code cannot hold " + text.length() + " characters");
    }
  }

  /// For terminals with light text on a dark ground: two rows of modules in each line.
  public String text() {
    int size = modules.getHeight();
    var text = new StringBuilder();
    for (int y = -QUIET_IN_TEXT; y < size + QUIET_IN_TEXT; y += 2) {
      for (int x = -QUIET_IN_TEXT; x < size + QUIET_IN_TEXT; x++) {
        boolean upper = isDark(x, y);
        boolean lower = isDark(x, y + 1);
        text.append(upper ? (lower ? ' ' : '\u2584') : (lower ? '\u2580' : '\u2588'));
      }
      text.append('\n');
    }
    return text.toString();
  }

  public String svg() {
    int size = modules.getHeight();
    int whole = size + 2 * QUIET;
    var path = new StringBuilder();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int from = x;
        while (x < size && isDark(x, y)) {
          x++;
        }
        if (x > from) {
          path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
          path.append('h').append(x - from).append("v1h-").append(x - from).append('z');
        }
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" width="%2$d" height="%2$d" \
    shape-rendering="crispEdges"><rect width="%1$d" height="%1$d" fill="#fff"/>\
    <path fill="#000" d="%3$s"/></svg>
    """
        .formatted(whole, whole * PIXELS_PER_MODULE, path);
  }

  /// One bit per pixel. Source: W3C PNG specification, third edition.
  public byte[] png() {
    int side = (modules.getHeight() + 2 * QUIET) * PIXELS_PER_MODULE;
    try {
      var png = new ByteArrayOutputStream();
      png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
      var header = new ByteArrayOutputStream();
      var fields = new DataOutputStream(header);
      fields.writeInt(side);
      fields.writeInt(side);
      fields.write(new byte[] {1, 0, 0, 0, 0}); // bit depth 1, greyscale, no options
      chunk(png, "IHDR", header.toByteArray());
      chunk(png, "IDAT", pixels(side));
      chunk(png, "IEND", new byte[0]);
      return png.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] pixels(int side) throws IOException {
    var compressed = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var out = new DeflaterOutputStream(compressed, deflater)) {
      for (int y = 0; y < side; y++) {
        var row = new byte[1 + (side + 7) / 8]; // the first byte: no filter
        for (int x = 0; x < side; x++) {
          if (!isDark(x / PIXELS_PER_MODULE - QUIET, y / PIXELS_PER_MODULE - QUIET)) {
            row[1 + x / 8] |= (byte) (0x80 >> (x % 8));
          }
        }
        out.write(row);
      }
    } finally {
      deflater.end();
    }
    return compressed.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data)
      throws IOException {
    var out = new DataOutputStream(png);
    byte[] name = type.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt((int) crc.getValue());
  }

  private boolean isDark(int x, int y) {
    int size = modules.getHeight();
    return x >= 0 && y >= 0 && x < size && y < size && modules.get(x, y) == 1;
  }
}
