package wildcat.protocol.node;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import wildcat.protocol.jid.Jid;

/// Makes the ids of messages: `3EB0` and 18 upper-case hex digits, unguessable and unique.
///
/// Source: whatsmeow send.go (GenerateMessageID).
public final class MessageIds {
  private static final String PREFIX = "3EB0";
  private static final int RANDOM_BYTES = 16;
  private static final int HASH_BYTES = 9;

  private MessageIds() {}

  /// A fresh id. May be called by any thread that may call `random`.
  ///
  /// @param sender our own pn
  /// @param random a `SecureRandom` outside of tests
  public static String next(Jid sender, Instant now, RandomGenerator random) {
    byte[] address =
        (sender.user() + "@" + Jid.LEGACY_USER_SERVER).getBytes(StandardCharsets.UTF_8);
    var noise = new byte[RANDOM_BYTES];
    random.nextBytes(noise);
    byte[] input =
        ByteBuffer.allocate(Long.BYTES + address.length + RANDOM_BYTES)
            .putLong(now.getEpochSecond())
            .put(address)
            .put(noise)
            .array();
    return PREFIX + HexFormat.of().withUpperCase().formatHex(sha256(input), 0, HASH_BYTES);
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
