package wildcat.client.session;

import wildcat.client.store.Credentials;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// How a device that no phone has linked yet becomes a linked one. Called on the account's thread.
public interface Linking {
  /// Somebody wants the account connected: the time for linking begins.
  void begin();

  /// The keys of this device: those in the store, linked or not, or else new ones, which are stored
  /// before they are returned.
  Credentials credentials() throws StoreFailed, InterruptedException;

  /// Takes an `iq` of the namespace `md` from the server, and the notifications that concern linking.
  ///
  /// @throws StoreFailed nothing was answered
  void handle(Node stanza, Session session) throws StoreFailed, InterruptedException;

  /// The connection is gone, or the account is stopped: what was shown is no longer valid.
  ///
  /// @return whether to connect again if the device is still not linked; false when it has waited long
  ///     enough
  boolean ended();
}
