package wildcat.protocol.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.node.Node.Value;

/// The words both sides know by number, version 3: 235 of one byte, 4 × 256 of two. Loaded once for all
/// connections.
///
/// Source: whatsmeow binary/token/token.go, Baileys WABinary/constants.ts.
final class Dictionary {
  /// The first tag that is not a single-byte token, and the first of the four tables.
  static final int FIRST_TABLE = 236;

  static final int TABLES = 4;
  static final int SINGLES = 235;

  private static final int NO_TOKEN = -1;
  private static final int SLOTS = 4096; // a power of two, at least three times the words

  /// Indexed by code, see [#code].
  private static final Value.@Nullable Text[] WORDS = new Value.Text[FIRST_TABLE + TABLES * 256];

  private static final @Nullable String[] KEYS = new String[SLOTS];
  private static final short[] CODES = new short[SLOTS];

  static {
    try (var in = Dictionary.class.getResourceAsStream("tokens.txt")) {
      if (in == null) {
        throw new IllegalStateException("tokens.txt is not in the jar");
      }
      load(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException("tokens.txt cannot be read", e);
    }
  }

  private Dictionary() {}

  private static void load(String text) {
    int count = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("#")) {
        continue;
      }
      count++;
      int first = line.indexOf(' ');
      int second = line.indexOf(' ', first + 1);
      int index = Integer.parseInt(line, first + 1, second, 10);
      boolean isSingle = line.charAt(0) == 'S';
      put(
          isSingle ? index : FIRST_TABLE + (line.charAt(1) - '0') * 256 + index,
          line.substring(second + 1).replace(" + ", ""));
    }
    if (count != SINGLES + TABLES * 256) {
      throw new IllegalStateException("tokens.txt has " + count + " words");
    }
  }

  private static void put(int code, String word) {
    WORDS[code] = new Value.Text(word);
    int slot = slot(word);
    while (KEYS[slot] != null) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    KEYS[slot] = word;
    CODES[slot] = (short) code;
  }

  private static int slot(String word) {
    int hash = word.hashCode();
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }

  /// The word of a single-byte tag 1 to 235; null for any other.
  static Value.@Nullable Text single(int tag) {
    return tag >= 1 && tag <= SINGLES ? WORDS[tag] : null;
  }

  /// The word of a two-byte token.
  ///
  /// @param tag 236 to 239
  /// @param index 0 to 255
  static Value.@Nullable Text pair(int tag, int index) {
    return WORDS[FIRST_TABLE + (tag - FIRST_TABLE) * 256 + index];
  }

  /// The number of `word`: below 236 the tag itself, else 236 + 256 × table + index; -1 when it is no
  /// word of the dictionary.
  static int code(String word) {
    int slot = slot(word);
    for (String key = KEYS[slot]; key != null; key = KEYS[slot]) {
      if (key.equals(word)) {
        return CODES[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return NO_TOKEN;
  }
}
