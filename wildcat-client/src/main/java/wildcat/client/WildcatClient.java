package wildcat.client;

import java.time.Instant;
import java.util.Optional;
import wildcat.client.event.AccountState;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.EventListener;
import wildcat.client.message.OutgoingText;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.AccountStore;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;

/// One linked device of WhatsApp: the entry point of the library. Thread-safe.
///
/// A new account is linked by showing the codes of [wildcat.client.event.Event.LinkCodeIssued]; a linked one logs in, and comes
/// back by itself after every loss of the connection that trying again can mend.
public final class WildcatClient implements AutoCloseable {

  /// @param store opened by whoever owns the account
  public WildcatClient(
      Environment environment, AccountStore store, DeviceName name, EventListener listener) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Starts connecting and returns at once; no effect when it is running. After a logout it begins a new
  /// linking.
  public void connect() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Closes the connection and stays away; the device stays linked.
  public void disconnect() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Removes this device from the account, as far as the server can be reached, and quarantines its keys.
  ///
  /// @throws RequestFailed the server did not confirm; keys are untouched, try again
  public void logout() throws RequestFailed, StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }

  public AccountState state() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The code to show now, while the account waits to be linked.
  public Optional<ShownCode> linkCode() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// @param text what the QR code contains
  public record ShownCode(String text, Instant validUntil) {
    @Override
    public String toString() {
      return "link code valid until " + validUntil;
    }
  }

  /// Sends a text to all devices of a user and to our own other devices; returns when the server has
  /// acknowledged it.
  ///
  /// @return the message as stored, status SENT
  /// @throws RequestFailed as it says; after [wildcat.client.session.OutcomeUnknown] the message stays
  ///     pending and is sent again with the same id after the next login
  public ChatMessage send(OutgoingText text)
      throws RequestFailed, StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Disconnects and frees everything. The client cannot be used again.
  @Override
  public void close() {
    throw new UnsupportedOperationException("not built yet");
  }
}
