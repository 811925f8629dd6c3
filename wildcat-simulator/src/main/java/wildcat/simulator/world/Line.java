package wildcat.simulator.world;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.node.Node;

/// Whether and how a device can be reached now. Guarded by the world's lock.
public final class Line {
  private @Nullable Link link;
  private boolean active;
  private boolean available;

  Line() {}

  public Optional<Link> link() {
    return Optional.ofNullable(link);
  }

  /// Whether it is connected and has asked for its messages.
  public boolean isActive() {
    return active;
  }

  /// Whether the device shows itself as online.
  public boolean isAvailable() {
    return available;
  }

  public void available(boolean now) {
    available = now;
  }

  /// Puts a link in place of the one there was; the device is not active then.
  public void connect(Link next) {
    link = next;
    active = false;
    available = false;
  }

  public void activate() {
    active = true;
  }

  /// Gone, unless another link has taken over.
  ///
  /// @return whether it was this link
  public boolean disconnect(Link gone) {
    if (!gone.equals(link)) {
      return false;
    }
    link = null;
    active = false;
    available = false;
    return true;
  }

  /// Sends if there is somebody; else the stanza is lost.
  public void send(Node stanza) {
    if (link != null) {
      link.send(stanza);
    }
  }
}
