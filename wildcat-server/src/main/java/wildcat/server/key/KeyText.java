package wildcat.server.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// The text of an API key: `wc_`, an id of 8 signs, `_`, 32 random bytes in 43 signs of base 62, and a
/// checksum in 6 signs, so that a leaked key can be told from other text without asking the server.
///
/// @param text the whole; a secret
public record KeyText(String id, String text) {
  private static final String PREFIX = "wc_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_SIGNS = 8;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_SIGNS = 43;
  private static final int CHECK_SIGNS = 6;
  private static final int SIGNS = PREFIX.length() + ID_SIGNS + 1 + SECRET_SIGNS + CHECK_SIGNS;

  static KeyText generate(RandomGenerator random) {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    var id = new StringBuilder(ID_SIGNS);
    for (int i = 0; i < ID_SIGNS; i++) {
      id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    String body = PREFIX + id + "_" + base62(new BigInteger(1, secret), SECRET_SIGNS);
    return new KeyText(id.toString(), body + checksum(body));
  }

  /// Empty when the text is no key, or was mistyped.
  public static Optional<KeyText> parse(String text) {
    if (text.length() != SIGNS
        || !text.startsWith(PREFIX)
        || text.charAt(PREFIX.length() + ID_SIGNS) != '_') {
      return Optional.empty();
    }
    String body = text.substring(0, SIGNS - CHECK_SIGNS);
    if (!text.chars().allMatch(c -> c == '_' || DIGITS.indexOf(c) >= 0)
        || !text.endsWith(checksum(body))) {
      return Optional.empty();
    }
    return Optional.of(
        new KeyText(text.substring(PREFIX.length(), PREFIX.length() + ID_SIGNS), text));
  }

  /// What is stored: a random key needs no slow hash.
  String sha256() {
    return HexFormat.of().formatHex(digest());
  }

  /// In constant time.
  boolean hashesTo(String sha256) {
    return MessageDigest.isEqual(sha256().getBytes(US_ASCII), sha256.getBytes(US_ASCII));
  }

  private byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String checksum(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(US_ASCII));
    return base62(BigInteger.valueOf(crc.getValue()), CHECK_SIGNS);
  }

  private static String base62(BigInteger number, int signs) {
    var base = BigInteger.valueOf(DIGITS.length());
    var text = new StringBuilder(signs);
    for (BigInteger rest = number; text.length() < signs; rest = rest.divide(base)) {
      text.append(DIGITS.charAt(rest.mod(base).intValue()));
    }
    return text.reverse().toString();
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
