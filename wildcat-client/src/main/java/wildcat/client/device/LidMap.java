package wildcat.client.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Which pn and which lid are the same user. Thread-safe.
///
/// Ratchets live under the lid as soon as it is known, so a pair must be learned before the stanza that
/// carries it is decrypted. Sources: whatsmeow message.go (parseMessageSource), Baileys lid-mapping.ts.
public final class LidMap {
  private static final int CACHED_PAIRS = 64;

  private final Ledger ledger;
  private final OwnDevice own;
  private final ReentrantLock lock = new ReentrantLock();

  /// Pairs that were looked up lately, under both of their names.
  @GuardedBy("lock")
  private final Map<Jid, Jid> twins =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Jid, Jid> eldest) {
          return size() > 2 * CACHED_PAIRS;
        }
      };

  /// Grows with each pair learned, so that a look-up that began before does not remember the old one.
  @GuardedBy("lock")
  private long generation;

  public LidMap(Ledger ledger, OwnDevice own) {
    this.ledger = ledger;
    this.own = own;
  }

  /// The other name of a user, if it is known. The device number stays.
  public Optional<Jid> twin(Jid jid) throws StoreFailed {
    if (!jid.isUser() || jid.user().isEmpty()) {
      return Optional.empty();
    }
    Jid user = plain(jid);
    long before;
    lock.lock();
    try {
      Jid known = twins.get(user);
      if (known != null) {
        return Optional.of(inFormOf(jid, known));
      }
      before = generation;
    } finally {
      lock.unlock();
    }
    Optional<Jid> stored = user.isPn() ? ledger.store().lidOf(user) : ledger.store().pnOf(user);
    stored.ifPresent(twin -> remember(user, twin, before));
    return stored.map(twin -> inFormOf(jid, twin));
  }

  /// The lid of a user or device when it is known, else `jid` itself.
  public Jid lidOrSame(Jid jid) throws StoreFailed {
    return jid.isPn() ? twin(jid).orElse(jid) : jid;
  }

  /// How a chat or person is named to the application: by the pn when it is known, without device.
  public Jid shown(Jid jid) throws StoreFailed {
    if (!jid.isUser() || jid.user().isEmpty()) {
      return jid;
    }
    Jid user = plain(jid);
    return user.isLid() ? twin(user).orElse(user) : user;
  }

  /// Stores that the two are one user, unless it is known or makes no sense.
  public void learn(Jid one, Jid other) throws StoreFailed, InterruptedException {
    Optional<Change> mapping = mapping(one, other);
    if (mapping.isPresent()) {
      ledger.commit(mapping.get());
      refresh();
    }
  }

  /// The change that stores that the two are one user; empty when it is known or makes no sense. For use
  /// inside a step; [#refresh] must follow its commit.
  public Optional<Change> mapping(Jid one, Jid other) throws StoreFailed {
    if (!one.isUser() || !other.isUser() || one.isPn() == other.isPn()) {
      return Optional.empty();
    }
    Jid pn = plain(one.isPn() ? one : other);
    Jid lid = plain(one.isPn() ? other : one);
    boolean sense =
        !pn.user().isEmpty()
            && !lid.user().isEmpty()
            && !pn.user().equals(lid.user())
            && own.isSelf(pn) == own.isSelf(lid);
    return sense && !twin(pn).equals(Optional.of(lid))
        ? Optional.of(new Change.MapLid(pn, lid))
        : Optional.empty();
  }

  /// Forgets what was looked up before a mapping was committed.
  public void refresh() {
    lock.lock();
    try {
      twins.clear();
      generation++;
    } finally {
      lock.unlock();
    }
  }

  /// Learns from the alternate names that messages and notifications carry.
  public void learnFrom(Node stanza) throws StoreFailed, InterruptedException {
    learn(stanza, "from", "sender_lid", "sender_pn", "lid");
    learn(stanza, "participant", "participant_lid", "participant_pn");
    learn(
        stanza,
        "recipient",
        "peer_recipient_lid",
        "peer_recipient_pn",
        "recipient_lid",
        "recipient_pn");
  }

  private void learn(Node stanza, String name, String... alternates)
      throws StoreFailed, InterruptedException {
    Optional<Jid> jid = stanza.jid(name);
    if (jid.isEmpty()) {
      return;
    }
    for (String alternate : alternates) {
      Optional<Jid> other = stanza.jid(alternate);
      if (other.isPresent()) {
        learn(jid.get(), other.get());
      }
    }
  }

  private void remember(Jid user, Jid twin, long asOf) {
    lock.lock();
    try {
      if (asOf == generation) {
        twins.put(user, twin);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The user without device, hosted servers folded into the ordinary ones.
  private static Jid plain(Jid jid) {
    return Jid.of(jid.user(), jid.isPn() ? Jid.PN_SERVER : Jid.LID_SERVER);
  }

  private static Jid inFormOf(Jid device, Jid twin) {
    boolean hosted =
        device.server().equals(Jid.HOSTED_SERVER) || device.server().equals(Jid.HOSTED_LID_SERVER);
    if (hosted) {
      String server = twin.isPn() ? Jid.HOSTED_SERVER : Jid.HOSTED_LID_SERVER;
      return new Jid(twin.user(), 0, device.device(), server);
    }
    return twin.withDevice(device.device());
  }
}
