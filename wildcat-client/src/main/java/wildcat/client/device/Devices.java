package wildcat.client.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.session.Exchange;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Change;
import wildcat.client.store.DeviceList;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.MalformedPairing;
import wildcat.protocol.ratchet.RatchetAddress;

/// Which devices users have, and under which address to write to them: asked once, kept in the store
/// until a notification, a refusal or the time says otherwise. Thread-safe.
public final class Devices {
  /// How long a list is believed without a word from the server. Changes are notified, so this only
  /// bounds the harm of a lost notification.
  static final Duration FRESH = Duration.ofHours(1);

  /// How long a number that is not on WhatsApp is not asked for again.
  static final Duration ABSENT = Duration.ofMinutes(1);

  private static final int MAX_REMEMBERED = 256;
  private static final Logger log = LoggerFactory.getLogger(Devices.class);

  private final Ledger ledger;
  private final OwnDevice own;
  private final LidMap lids;
  private final Adv adv;
  private final ReentrantLock lock = new ReentrantLock();

  /// When a number was last found not to be on WhatsApp.
  @GuardedBy("lock")
  private final Map<Jid, Instant> absent = new LinkedHashMap<>();

  /// Users whose lid the server called outdated.
  @GuardedBy("lock")
  private final Set<Jid> outdated = new HashSet<>();

  /// The last hash by which the server contradicted us, by recipient.
  @GuardedBy("lock")
  private final Map<Jid, String> hashes = new HashMap<>();

  /// Grows with each list forgotten, so that an answer which was under way is not stored after it.
  @GuardedBy("lock")
  private long generation;

  public Devices(Ledger ledger, OwnDevice own, LidMap lids, Adv adv) {
    this.ledger = ledger;
    this.own = own;
    this.lids = lids;
    this.adv = adv;
  }

  /// How to write to a user.
  ///
  /// @param address the lid, or the pn of a user without lid; without device
  /// @param pn where known
  public record Recipient(Jid address, Optional<Jid> pn) {}

  /// Finds the address of a user given by pn or lid; asks the server only when the pn's lid is unknown.
  ///
  /// @throws Rejected with code 404: not on WhatsApp
  public Recipient find(Jid user, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    Jid plain = user.withoutDevice();
    Optional<Jid> twin = lids.twin(plain);
    Optional<Jid> pn = plain.isPn() ? Optional.of(plain) : twin;
    boolean known = (plain.isLid() || twin.isPresent()) && !isOutdated(plain, twin);
    if (known) {
      return new Recipient(plain.isLid() ? plain : twin.orElse(plain), pn);
    }
    Jid asked = pn.orElse(plain);
    if (isAbsent(asked)) {
      throw notOnWhatsApp();
    }
    if (fetch(List.of(asked), exchange).isEmpty()) {
      remember(asked);
      throw notOnWhatsApp();
    }
    lock.lock();
    try {
      outdated.remove(asked);
      outdated.remove(plain);
    } finally {
      lock.unlock();
    }
    Optional<Jid> now = lids.twin(asked);
    return asked.isPn()
        ? new Recipient(now.orElse(asked), Optional.of(asked))
        : new Recipient(asked, now);
  }

  /// The lists of these users, from the store where they are fresh, else from the server, in one query.
  ///
  /// @param users without device, each in the form in which the answer is wanted
  /// @return by user; a user unknown to the server is missing
  public Map<Jid, DeviceList> of(Collection<Jid> users, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    var lists = new HashMap<Jid, DeviceList>();
    var missing = new ArrayList<Jid>();
    Instant now = ledger.now();
    for (Jid user : users) {
      Optional<DeviceList> stored =
          ledger.store().devices(user).filter(list -> isFresh(list.fetchedAt(), now, FRESH));
      if (stored.isPresent()) {
        lists.put(user, stored.get());
      } else {
        missing.add(user);
      }
    }
    if (!missing.isEmpty()) {
      lists.putAll(fetch(missing, exchange));
    }
    return lists;
  }

  /// Asks the server, learns lids on the way, and stores each list under the lid where there is one.
  ///
  /// @return by the user asked for
  private Map<Jid, DeviceList> fetch(List<Jid> users, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    long before = generation();
    Node answer = exchange.request(DeviceQuery.query(users, exchange.nextId()));
    var lists = new HashMap<Jid, DeviceList>();
    for (DeviceQuery.Found found : DeviceQuery.parse(answer)) {
      Optional<Jid> asked = users.stream().filter(found.user()::isSameUser).findFirst();
      if (asked.isEmpty() || found.devices().isEmpty()) {
        continue;
      }
      if (found.twin().isPresent()) {
        lids.learn(asked.get(), found.twin().get());
      }
      List<DeviceList.Device> devices = valid(found);
      lists.put(asked.get(), new DeviceList(asked.get(), devices, ledger.now()));
      Jid key = lids.lidOrSame(asked.get());
      ledger.step(work ->
          generation() == before
              ? work.add(new Change.PutDevices(new DeviceList(key, devices, ledger.now())))
              : work);
    }
    return lists;
  }

  /// The devices without those the account's phone has not vouched for, as far as that can be told: the
  /// list of key indexes is signed by the phone, whose key we know once we have written to it.
  /// Source: whatsapp-rust adv.rs, Cobalt DeviceADVValidator.java.
  private List<DeviceList.Device> valid(DeviceQuery.Found found) throws StoreFailed {
    Optional<Adv.KeyIndexes> indexes = Optional.empty();
    if (found.keyIndexes().isPresent()) {
      indexes = verified(found.user(), found.keyIndexes().get());
    }
    if (indexes.isEmpty()) {
      return found.devices();
    }
    Adv.KeyIndexes known = indexes.get();
    return found.devices().stream()
        .filter(d -> d.number() == 0 || isValid(d.keyIndex(), known))
        .toList();
  }

  private static boolean isValid(int keyIndex, Adv.KeyIndexes known) {
    return known.valid().contains(keyIndex) || keyIndex > known.current();
  }

  private Optional<Adv.KeyIndexes> verified(Jid user, Bytes signedList) throws StoreFailed {
    Optional<PublicKey> account = accountKey(user);
    if (account.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(adv.keyIndexes(signedList, account.get()));
    } catch (MalformedPairing e) {
      log.atDebug()
          .addKeyValue("account", ledger.store().account())
          .log("list of key indexes not verified: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /// The identity key of a user's phone, which is the key of the account.
  private Optional<PublicKey> accountKey(Jid user) throws StoreFailed {
    if (own.isSelf(user)) {
      return Optional.of(own.link().accountKey());
    }
    return ledger.store().identity(new RatchetAddress(lids.lidOrSame(user.withoutDevice())));
  }

  /// Takes a notified change: the cached list is dropped, and with a list of key indexes that verifies,
  /// the keys of the devices it removes too.
  ///
  /// @param change the child of the notification, `add`, `remove` or `update`
  void changed(Jid user, Node change) throws StoreFailed, InterruptedException {
    forget(user);
    Optional<Bytes> list = change.child("key-index-list").flatMap(Node::bytes);
    if (!change.is("remove") || list.isEmpty()) {
      return;
    }
    Optional<Adv.KeyIndexes> indexes = verified(user, list.get());
    if (indexes.isEmpty()) {
      return;
    }
    Adv.KeyIndexes known = indexes.get();
    for (Node device : change.children("device")) {
      Optional<Jid> jid = device.jid("jid");
      long keyIndex = device.number("key-index").orElse(0L);
      boolean gone = keyIndex <= known.current() && !known.valid().contains((int) keyIndex);
      if (jid.isPresent() && jid.get().device() > 0 && jid.get().isSameUser(user) && gone) {
        var address = new RatchetAddress(lids.lidOrSame(jid.get()));
        ledger.commit(new Change.RemoveRatchet(address), new Change.RemoveIdentity(address));
      }
    }
  }

  /// Drops the cached list of a user, in both forms.
  public void forget(Jid user) throws StoreFailed, InterruptedException {
    lock.lock();
    try {
      generation++;
    } finally {
      lock.unlock();
    }
    Jid plain = user.withoutDevice();
    Optional<Jid> twin = lids.twin(plain);
    if (twin.isPresent()) {
      ledger.commit(new Change.RemoveDevices(plain), new Change.RemoveDevices(twin.get()));
    } else {
      ledger.commit(new Change.RemoveDevices(plain));
    }
  }

  /// The server knows other devices of this user, or of ours, than we do: both lists are dropped, but only
  /// once for the same hash. If we still differ after asking, asking for every message would not help.
  public void hashDiffers(Jid user, String serverHash) throws StoreFailed, InterruptedException {
    lock.lock();
    try {
      if (hashes.size() >= MAX_REMEMBERED) {
        hashes.clear();
      }
      if (serverHash.equals(hashes.put(user, serverHash))) {
        return;
      }
    } finally {
      lock.unlock();
    }
    forget(user);
    forget(own.lid());
  }

  /// The server says that the lid of this user is outdated: it is asked for before the next message.
  public void lidIsOutdated(Jid user) {
    lock.lock();
    try {
      if (outdated.size() >= MAX_REMEMBERED) {
        outdated.clear();
      }
      outdated.add(user.withoutDevice());
    } finally {
      lock.unlock();
    }
  }

  private boolean isOutdated(Jid user, Optional<Jid> twin) {
    lock.lock();
    try {
      return outdated.contains(user) || twin.map(outdated::contains).orElse(false);
    } finally {
      lock.unlock();
    }
  }

  private boolean isAbsent(Jid pn) {
    lock.lock();
    try {
      Instant since = absent.get(pn);
      return since != null && isFresh(since, ledger.now(), ABSENT);
    } finally {
      lock.unlock();
    }
  }

  private void remember(Jid pn) {
    lock.lock();
    try {
      if (absent.size() >= MAX_REMEMBERED) {
        absent.clear();
      }
      absent.put(pn, ledger.now());
    } finally {
      lock.unlock();
    }
  }

  private long generation() {
    lock.lock();
    try {
      return generation;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isFresh(Instant since, Instant now, Duration limit) {
    return !since.isAfter(now) && since.plus(limit).isAfter(now);
  }

  private static Rejected notOnWhatsApp() {
    return new Rejected(404, "this number is not on WhatsApp");
  }
}
