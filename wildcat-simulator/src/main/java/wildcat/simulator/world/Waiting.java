package wildcat.simulator.world;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKeyBundle;

/// A client that waits for a phone to scan its code. Guarded by the world's lock, except for what its
/// constructor got.
public final class Waiting {
  /// What an unlinked client said of itself.
  ///
  /// @param pushName "" when it said none; names the account it wants to belong to
  public record Registration(
      PublicKey noiseKey,
      PublicKey identity,
      int registrationId,
      PreKeyBundle.Signed signedPreKey,
      String pushName) {}

  /// What a phone has offered it.
  ///
  /// @param container ADVSignedDeviceIdentityHMAC
  public record Offer(Account account, Account.Reservation reservation, Bytes container) {}

  private final Link link;
  private final Registration registration;
  private final List<String> refs;
  private boolean claimed;
  private @Nullable Offer offer;

  public Waiting(Link link, Registration registration, List<String> refs) {
    this.link = link;
    this.registration = registration;
    this.refs = List.copyOf(refs);
  }

  public Link link() {
    return link;
  }

  public Registration registration() {
    return registration;
  }

  public List<String> refs() {
    return refs;
  }

  /// True for the first phone that scans.
  public boolean claim() {
    boolean first = !claimed;
    claimed = true;
    return first;
  }

  public void offer(Offer made) {
    offer = made;
  }

  public Optional<Offer> offer() {
    return Optional.ofNullable(offer);
  }
}
