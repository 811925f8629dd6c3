package wildcat.server.account;

import java.util.Optional;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.EventListener;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;

/// One account that this process runs: `WildcatClient` over its opened store, or a fake. Thread-safe.
public interface LinkedAccount extends AutoCloseable {
  /// Whether a phone has accepted the device.
  ///
  /// @throws StoreFailed its credentials cannot be read
  boolean isLinked() throws StoreFailed;

  /// Starts connecting and returns at once; after a logout begins a new linking.
  void connect();

  void logout() throws RequestFailed, StoreFailed, InterruptedException;

  AccountState state();

  Optional<ShownCode> linkCode();

  ChatMessage send(OutgoingMessage message) throws RequestFailed, StoreFailed, InterruptedException;

  /// Disconnects, the device stays linked; the object cannot be used again.
  @Override
  void close();

  /// Takes accounts over.
  interface Opener {
    /// Takes the account over from whoever ran it. Does not connect.
    ///
    /// @param listener called on the account's thread: must be quick
    LinkedAccount open(AccountId account, EventListener listener)
        throws StoreFailed, InterruptedException;
  }
}
