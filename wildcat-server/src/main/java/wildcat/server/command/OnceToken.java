package wildcat.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.MessageId;

/// What a caller sends as `Idempotency-Key`. The message's id is made of it, and WhatsApp and we know a
/// message by its id: so nothing about the token needs to be stored.
///
/// @param caller the id of the API key; two callers may use the same text
/// @param text 1 to 255 printable ASCII characters
public record OnceToken(String caller, String text) {
  public static final String RULE = "Idempotency-Key has 1 to 255 printable ASCII characters";
  private static final int HASH_BYTES = 9;

  public static Optional<OnceToken> of(String caller, String text) {
    return text.matches("[ -~]{1,255}")
        ? Optional.of(new OnceToken(caller, text))
        : Optional.empty();
  }

  /// In the form of WhatsApp Web's ids.
  MessageId messageId(AccountId account) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((account + "\n" + caller + "\n" + text).getBytes(UTF_8));
      return new MessageId("3EB0" + HexFormat.of().withUpperCase().formatHex(hash, 0, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "once token";
  }
}
