package wildcat.client;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import wildcat.client.chat.Conversations;
import wildcat.client.contact.People;
import wildcat.client.event.AccountState;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.message.Sender;
import wildcat.client.pairing.QrLinking;
import wildcat.client.session.AccountConnection;
import wildcat.client.session.AccountThread;
import wildcat.client.session.Answers;
import wildcat.client.session.Behaviour;
import wildcat.client.session.RequestFailed;
import wildcat.client.session.Standing;
import wildcat.client.session.Surroundings;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;

/// One linked device of WhatsApp: the entry point of the library. Thread-safe.
///
/// A new account is linked by showing the codes of [wildcat.client.event.Event.LinkCodeIssued]; a linked one
/// logs in, and comes back by itself after every loss of the connection that trying again can mend.
///
/// Codes follow each other by themselves for [QrLinking#WAITING_TIME]; then the account is `disconnected`, and
/// [#connect] begins anew.
public final class WildcatClient implements AutoCloseable {
  private final AccountThread thread;
  private final EventLane events;
  private final Standing standing;
  private final QrLinking linking;
  private final Sender sender;
  private final SocialFeatures social;
  private final AccountConnection connection;

  /// @param store opened by whoever owns the account
  /// @param listener may call this client, but not wait for what another event will bring
  public WildcatClient(
      Environment environment, AccountStore store, DeviceName name, EventListener listener) {
    Surroundings outside = environment.surroundings(name);
    thread = new AccountThread(store.account(), "account");
    events =
        new EventLane(
            store.account(),
            (account, event) -> {
              listener.on(account, event);
              heard(event);
            });
    var ledger = new Ledger(store, events, environment.clock());
    standing = new Standing(ledger, thread, environment.timers());
    linking = new QrLinking(outside, ledger, standing, events, thread);
    var answers = new Answers(store.account(), this::storeFailed);
    var features = new Features(environment, ledger, answers, events);
    sender = features.sender();
    social = features.social();
    var behaviour =
        new Behaviour(
            linking,
            Map.of(
                "message",
                features.messages(),
                "receipt",
                features.receipts(),
                "presence",
                social.presences(),
                "chatstate",
                social.presences()),
            features.notifications(),
            features::loggedIn,
            features::active);
    connection = new AccountConnection(outside, ledger, standing, behaviour, thread);
  }

  private void heard(Event event) {
    social.on(event, connection.exchange());
  }

  private void storeFailed(StoreFailed failure) {
    connection.failed(failure);
  }

  /// Starts connecting and returns at once; no effect when it is running. After a logout it begins a new
  /// linking; during a ban it waits for its end.
  public void connect() {
    connection.connect();
  }

  /// Closes the connection and stays away; the device stays linked. It is done when this returns, unless a
  /// listener has called it.
  public void disconnect() {
    connection.disconnect();
    settle();
  }

  private void settle() {
    if (!thread.isCurrent() && !events.isCurrent()) {
      connection.settle();
    }
  }

  /// Removes this device from the account and quarantines its keys. A device that was never linked is only
  /// disconnected. Not to be called by a listener.
  ///
  /// @throws RequestFailed the server did not confirm; keys are untouched, try again
  public void logout() throws RequestFailed, StoreFailed, InterruptedException {
    connection.logout();
  }

  public AccountState state() {
    return standing.current();
  }

  /// The code to show now, while the account waits to be linked.
  public Optional<ShownCode> linkCode() {
    return linking.shown().map(code -> new ShownCode(code.text(), code.validUntil()));
  }

  /// @param text what the QR code contains
  public record ShownCode(String text, Instant validUntil) {
    @Override
    public String toString() {
      return "link code valid until " + validUntil;
    }
  }

  /// Sends a message to all devices of a user and to our own other devices; returns when the server has
  /// acknowledged it.
  ///
  /// @return the message as stored, status SENT or, when the recipient was quick, beyond
  /// @throws RequestFailed as it says; after [wildcat.client.session.OutcomeUnknown] the message stays
  ///     pending and is sent again with the same id after the next login
  public ChatMessage send(OutgoingMessage message)
      throws RequestFailed, StoreFailed, InterruptedException {
    try {
      return sender.send(message, connection.exchange());
    } catch (StoreFailed e) {
      connection.failed(e);
      throw e;
    }
  }

  /// What can be done in chats besides sending.
  public Conversations conversations() {
    return social.conversations(connection.exchange());
  }

  /// What can be asked and done about people.
  public People people() {
    return social.people(connection.exchange());
  }

  /// Disconnects and frees everything. The client cannot be used again.
  @Override
  public void close() {
    connection.close();
    settle();
  }
}
