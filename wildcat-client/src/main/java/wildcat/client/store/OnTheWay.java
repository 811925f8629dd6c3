package wildcat.client.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// The units of one account that are on their way to the disk, and the account as it is with them. Guarded by
/// the lock of its [Ledger].
///
/// Every read looks at the units first and at the store after that: a unit leaves only when it is on disk, so
/// it is seen in one of the two places. Few units wait at a time, so they are simply gone through.
final class OnTheWay implements AccountStore {
  /// Whoever wants to hand over more waits for the oldest.
  static final int LIMIT = 64;

  private final AccountStore store;
  private final ArrayDeque<Unit> units = new ArrayDeque<>(4);

  record Unit(List<Change> changes, Commit commit) {}

  OnTheWay(AccountStore store) {
    this.store = store;
  }

  static boolean isLight(UnitOfWork work) {
    for (Change change : work.changes()) {
      if (!(change instanceof Change.Light)) {
        return false;
      }
    }
    return true;
  }

  void add(UnitOfWork work, Commit commit) {
    units.add(new Unit(work.changes(), commit));
  }

  boolean isFull() {
    return units.size() >= LIMIT;
  }

  Optional<Commit> oldest() {
    return units.isEmpty() ? Optional.empty() : Optional.of(units.getFirst().commit());
  }

  Optional<Commit> newest() {
    return units.isEmpty() ? Optional.empty() : Optional.of(units.getLast().commit());
  }

  /// Takes out those that have come to their end, in the order in which they were handed over.
  List<Unit> takeDone() {
    var done = new ArrayList<Unit>();
    while (!units.isEmpty() && units.getFirst().commit().isDone()) {
      done.add(units.removeFirst());
    }
    return done;
  }

  @Override
  public AccountId account() {
    return store.account();
  }

  @Override
  public Optional<RatchetRecord> ratchet(RatchetAddress address) throws StoreFailed {
    for (var unit = units.descendingIterator(); unit.hasNext(); ) {
      for (Change change : unit.next().changes().reversed()) {
        if (change instanceof Change.PutRatchet(var stepped, var record)
            && stepped.equals(address)) {
          return Optional.of(record);
        }
      }
    }
    return store.ratchet(address);
  }

  @Override
  public Optional<ChatMessage> message(Jid chat, MessageId id) throws StoreFailed {
    List<Change> changes = aboutMessage(chat, id);
    Optional<ChatMessage> message = store.message(chat, id);
    for (Change change : changes) {
      message =
          switch (change) {
            case Change.AddMessage(var added) -> Optional.of(newer(message, added));
            case Change.AdvanceMessage advance -> message.map(m -> advanced(m, advance));
            default -> message;
          };
    }
    return message;
  }

  @Override
  public Optional<Receipt> receipt(Jid chat, MessageId id, Jid person) throws StoreFailed {
    Optional<Receipt> receipt = store.receipt(chat, id, person);
    for (Unit unit : units) {
      for (Change change : unit.changes()) {
        if (change instanceof Change.NoteReceipt noted
            && noted.id().equals(id)
            && noted.chat().equals(chat)
            && noted.person().equals(person)) {
          receipt =
              Optional.of(receipt.orElse(Receipt.none(person)).noting(noted.status(), noted.at()));
        }
      }
    }
    return receipt;
  }

  private List<Change> aboutMessage(Jid chat, MessageId id) {
    var found = new ArrayList<Change>(0);
    for (Unit unit : units) {
      for (Change change : unit.changes()) {
        boolean about =
            switch (change) {
              case Change.AddMessage(var added) ->
                  added.id().equals(id) && added.chat().equals(chat);
              case Change.AdvanceMessage advance ->
                  advance.id().equals(id) && advance.chat().equals(chat);
              default -> false;
            };
        if (about) {
          found.add(change);
        }
      }
    }
    return found;
  }

  private static ChatMessage newer(Optional<ChatMessage> known, ChatMessage added) {
    boolean stays =
        known.isPresent()
            && (known.get().sender().equals(added.sender())
                || known.get().timestamp().isAfter(added.timestamp()));
    return stays ? known.get() : added;
  }

  private static ChatMessage advanced(ChatMessage message, Change.AdvanceMessage advance) {
    if (!message.fromMe()) {
      return message;
    }
    ChatMessage timed = advance.timestamp().map(message::withTimestamp).orElse(message);
    return advance.status().follows(message.status()) ? timed.withStatus(advance.status()) : timed;
  }

  @Override
  public boolean knowsCiphertext(Jid sender, MessageId id, Bytes sha256) throws StoreFailed {
    var remembered = new Change.RememberCiphertext(sender, id, sha256);
    for (Unit unit : units) {
      if (unit.changes().contains(remembered)) {
        return true;
      }
    }
    return store.knowsCiphertext(sender, id, sha256);
  }

  // what follows is only changed by units that are waited for

  @Override
  public Optional<Credentials> credentials() throws StoreFailed {
    return store.credentials();
  }

  @Override
  public Optional<PublicKey> identity(RatchetAddress address) throws StoreFailed {
    return store.identity(address);
  }

  @Override
  public Optional<PreKey> preKey(int id) throws StoreFailed {
    return store.preKey(id);
  }

  @Override
  public PreKeyStock preKeyStock() throws StoreFailed {
    return store.preKeyStock();
  }

  @Override
  public List<PreKey> preKeysToUpload(int limit) throws StoreFailed {
    return store.preKeysToUpload(limit);
  }

  @Override
  public Optional<Jid> lidOf(Jid pn) throws StoreFailed {
    return store.lidOf(pn);
  }

  @Override
  public Optional<Jid> pnOf(Jid lid) throws StoreFailed {
    return store.pnOf(lid);
  }

  @Override
  public Optional<DeviceList> devices(Jid user) throws StoreFailed {
    return store.devices(user);
  }

  @Override
  public ChatSettings chatSettings(Jid chat) throws StoreFailed {
    return store.chatSettings(chat);
  }

  @Override
  public Optional<Contact> contact(Jid person) throws StoreFailed {
    return store.contact(person);
  }

  /// As on disk: what is on its way was not seen by anybody yet.
  @Override
  public List<ChatMessage> unread(Jid chat, int limit) throws StoreFailed {
    return store.unread(chat, limit);
  }

  /// As on disk: what is on its way is being sent by somebody.
  @Override
  public List<ChatMessage> unacknowledged(int limit) throws StoreFailed {
    return store.unacknowledged(limit);
  }

  @Override
  public List<RecordedEvent> commit(UnitOfWork work) throws StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("a step collects its changes");
  }
}
