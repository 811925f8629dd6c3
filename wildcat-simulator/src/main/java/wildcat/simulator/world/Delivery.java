package wildcat.simulator.world;

import java.time.Instant;
import java.util.Optional;
import wildcat.protocol.jid.Jid;

/// One stanza for one device, and what became of it.
///
/// @param tag `message`, `receipt`, `notification` or `call`
/// @param type the stanza's type attribute, "" without
/// @param from as the device saw it
/// @param queuedAt when the server took it over
/// @param times how often it was written to the device's connection; 0 while it waits
/// @param completedAt when the device answered for it; from then on it is not delivered again
/// @param completion how it answered
public record Delivery(
    String tag,
    String id,
    String type,
    Jid from,
    Instant queuedAt,
    int times,
    Optional<Instant> completedAt,
    Optional<Completion> completion) {

  /// How a device answers for a stanza.
  public enum Completion {
    /// A receipt that is no retry: the device has the message.
    RECEIPT,
    /// An ack without error.
    ACK,
    /// A retry receipt: it could not decrypt and wants it again.
    RETRY,
    /// An ack with an error.
    NACK
  }

  /// Whether the device has claimed to have it: it must never be lost from now on.
  public boolean acknowledged() {
    return completion.filter(c -> c == Completion.RECEIPT || c == Completion.ACK).isPresent();
  }
}
