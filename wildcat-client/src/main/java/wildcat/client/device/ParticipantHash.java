package wildcat.client.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import wildcat.protocol.jid.Jid;

/// The short hash of a set of devices (*phash*) by which sender and server compare what they know.
///
/// Source: whatsmeow send.go (participantListHashV2).
public final class ParticipantHash {
  private ParticipantHash() {}

  public static String of(Collection<Jid> devices) {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    devices.stream()
        .map(d -> (d.user() + "." + d.agent() + ":" + d.device() + "@" + d.server()))
        .sorted()
        .forEach(text -> sha256.update(text.getBytes(StandardCharsets.UTF_8)));
    byte[] head = Arrays.copyOf(sha256.digest(), 6);
    return "2:" + Base64.getEncoder().withoutPadding().encodeToString(head);
  }
}
