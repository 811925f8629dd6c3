package wildcat.client.store;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

/// A store whose disk a test moves by hand: a unit handed over arrives when [#arrive] is called, or fails with
/// all that follow it when [#fail] is.
final class HeldStore implements AccountStore {
  private final AccountStore disk;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private Footing footing = new Footing();

  HeldStore(AccountStore disk) {
    this.disk = disk;
  }

  private static final class Held implements Commit {
    final UnitOfWork work;
    final CompletableFuture<List<RecordedEvent>> outcome = new CompletableFuture<>();

    Held(UnitOfWork work) {
      this.work = work;
    }

    @Override
    public List<RecordedEvent> await() throws StoreFailed {
      try {
        return outcome.join();
      } catch (CompletionException e) {
        throw new StoreFailed.Unavailable("disk full", e);
      }
    }

    @Override
    public boolean isDone() {
      return outcome.isDone();
    }

    @Override
    public boolean isOnDisk() {
      return outcome.isDone() && !outcome.isCompletedExceptionally();
    }
  }

  int waiting() {
    return held.size();
  }

  void arrive() throws Exception {
    Held next = held.removeFirst();
    next.outcome.complete(disk.commit(next.work));
  }

  void fail() {
    footing = new Footing();
    while (!held.isEmpty()) {
      held.removeFirst().outcome.completeExceptionally(new IllegalStateException("disk full"));
    }
  }

  @Override
  public Footing footing() {
    return footing;
  }

  @Override
  public Commit submit(UnitOfWork work, Footing basis) throws StoreFailed {
    if (basis != footing) {
      throw new StoreFailed.Unavailable("built on what has failed");
    }
    var unit = new Held(work);
    held.add(unit);
    return unit;
  }

  @Override
  public AccountId account() {
    return disk.account();
  }

  @Override
  public Optional<Credentials> credentials() throws StoreFailed {
    return disk.credentials();
  }

  @Override
  public Optional<RatchetRecord> ratchet(RatchetAddress address) throws StoreFailed {
    return disk.ratchet(address);
  }

  @Override
  public Optional<PublicKey> identity(RatchetAddress address) throws StoreFailed {
    return disk.identity(address);
  }

  @Override
  public Optional<PreKey> preKey(int id) throws StoreFailed {
    return disk.preKey(id);
  }

  @Override
  public PreKeyStock preKeyStock() throws StoreFailed {
    return disk.preKeyStock();
  }

  @Override
  public List<PreKey> preKeysToUpload(int limit) throws StoreFailed {
    return disk.preKeysToUpload(limit);
  }

  @Override
  public Optional<Jid> lidOf(Jid pn) throws StoreFailed {
    return disk.lidOf(pn);
  }

  @Override
  public Optional<Jid> pnOf(Jid lid) throws StoreFailed {
    return disk.pnOf(lid);
  }

  @Override
  public Optional<DeviceList> devices(Jid user) throws StoreFailed {
    return disk.devices(user);
  }

  @Override
  public Optional<ChatMessage> message(Jid chat, MessageId id) throws StoreFailed {
    return disk.message(chat, id);
  }

  @Override
  public Optional<Receipt> receipt(Jid chat, MessageId id, Jid person) throws StoreFailed {
    return disk.receipt(chat, id, person);
  }

  @Override
  public ChatSettings chatSettings(Jid chat) throws StoreFailed {
    return disk.chatSettings(chat);
  }

  @Override
  public Optional<Contact> contact(Jid person) throws StoreFailed {
    return disk.contact(person);
  }

  @Override
  public List<ChatMessage> unread(Jid chat, int limit) throws StoreFailed {
    return disk.unread(chat, limit);
  }

  @Override
  public boolean knowsCiphertext(Jid sender, MessageId id, Bytes sha256) throws StoreFailed {
    return disk.knowsCiphertext(sender, id, sha256);
  }

  @Override
  public List<ChatMessage> unacknowledged(int limit) throws StoreFailed {
    return disk.unacknowledged(limit);
  }

  @Override
  public List<RecordedEvent> commit(UnitOfWork work) throws StoreFailed, InterruptedException {
    return disk.commit(work);
  }
}
