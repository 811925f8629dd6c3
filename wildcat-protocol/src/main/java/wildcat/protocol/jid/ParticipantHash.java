package wildcat.protocol.jid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;

/// The hash of a set of devices (`phash`), by which sender and server notice that they do not mean the same.
///
/// Source: whatsmeow send.go (participantListHashV2).
public final class ParticipantHash {
  private static final int BYTES = 6;

  private ParticipantHash() {}

  /// The hash, `2:` and eight characters. Neither order nor repetition matters.
  ///
  /// @param devices all devices meant, for a group in its addressing form and with the sending one
  public static String of(Collection<Jid> devices) {
    String[] texts = devices.stream().distinct().map(ParticipantHash::text).toArray(String[]::new);
    Arrays.sort(texts);
    MessageDigest sha256 = sha256();
    for (String text : texts) {
      sha256.update(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] hash = Arrays.copyOf(sha256.digest(), BYTES);
    return "2:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
  }

  private static String text(Jid jid) {
    return jid.user() + "." + jid.agent() + ":" + jid.device() + "@" + jid.server();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
