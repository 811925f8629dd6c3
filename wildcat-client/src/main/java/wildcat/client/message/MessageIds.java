package wildcat.client.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import wildcat.client.event.MessageId;

/// Makes ids for messages the way WhatsApp Web does.
/// Source: whatsmeow send.go (GenerateMessageID), Baileys generics.ts (generateMessageIDV2).
final class MessageIds {
  private static final String PREFIX = "3EB0";
  private static final int HASH_BYTES = 9;

  private MessageIds() {}

  /// @param ownUser digits of our pn
  static MessageId next(Instant now, String ownUser, RandomGenerator random) {
    var salt = new byte[16];
    random.nextBytes(salt);
    byte[] user = (ownUser + "@c.us").getBytes(StandardCharsets.US_ASCII);
    byte[] input =
        ByteBuffer.allocate(8 + user.length + salt.length)
            .putLong(now.getEpochSecond())
            .put(user)
            .put(salt)
            .array();
    String hex = HexFormat.of().withUpperCase().formatHex(sha256(input), 0, HASH_BYTES);
    return new MessageId(PREFIX + hex);
  }

  static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
