package wildcat.client.store.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which row a sealed value belongs to. It is authenticated with the value, so that a row's bytes are
/// worth nothing in any other row.
///
/// @param account name of the account; "" for what belongs to the store
/// @param key all parts of the row's key, in a fixed order
public record RowName(String account, String table, List<String> key) {
  public RowName {
    key = List.copyOf(key);
  }

  public static RowName of(String account, String table, String... key) {
    return new RowName(account, table, List.of(key));
  }

  /// Every part behind its length, so that no two names give the same bytes.
  byte[] aad(byte version) {
    var bytes = new ByteArrayOutputStream(96);
    bytes.write(version);
    append(bytes, account);
    append(bytes, table);
    key.forEach(part -> append(bytes, part));
    return bytes.toByteArray();
  }

  private static void append(ByteArrayOutputStream bytes, String part) {
    byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
    bytes.write(utf8.length >> 24);
    bytes.write(utf8.length >> 16);
    bytes.write(utf8.length >> 8);
    bytes.write(utf8.length);
    bytes.writeBytes(utf8);
  }

  /// Without the key, which may be a phone number.
  @Override
  public String toString() {
    return "a row of " + table + (account.isEmpty() ? "" : " of account " + account);
  }
}
