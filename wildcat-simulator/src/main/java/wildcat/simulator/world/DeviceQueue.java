package wildcat.simulator.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// What waits for a device until it answers for it, and the ledger of all that went to it. Guarded by
/// the world's lock.
///
/// A stanza stays here, also while the device is connected, until a receipt or an ack with its id comes
/// back; what is left at the next login is delivered again. Source: protocol notes 10, section 12.
public final class DeviceQueue {
  private static final int MAX_UNREADABLE = 1_000;

  private record Name(String tag, String id) {}

  private static final class Entry {
    private final Name name;
    private final Jid from;
    private final String type;
    private final String participant;
    private final Instant queuedAt;
    private @Nullable Node stanza;
    private int times;
    private @Nullable Instant completedAt;
    private Delivery.@Nullable Completion completion;

    private Entry(Name name, Node stanza, Instant queuedAt) {
      this.name = name;
      this.stanza = stanza;
      this.queuedAt = queuedAt;
      from = stanza.jid("from").orElse(Jid.WHATSAPP);
      type = stanza.text("type");
      participant = stanza.text("participant");
    }

    private boolean isSameAs(Entry other) {
      return from.equals(other.from)
          && participant.equals(other.participant)
          && (!name.tag().equals("receipt") || type.equals(other.type));
    }

    private Delivery delivery() {
      return new Delivery(
          name.tag(),
          name.id(),
          type,
          from,
          queuedAt,
          times,
          Optional.ofNullable(completedAt),
          Optional.ofNullable(completion));
    }
  }

  private final Limits limits;
  private final LedgerRoom room;
  private final Map<Name, List<Entry>> waiting = new LinkedHashMap<>();
  private final ArrayDeque<Entry> finished = new ArrayDeque<>(0);
  private final Set<String> unreadable = new LinkedHashSet<>(0);
  private int waitingCount;
  private long dropped;

  DeviceQueue(Limits limits, LedgerRoom room) {
    this.limits = limits;
    this.room = room;
  }

  /// How many stanzas wait.
  public int size() {
    return waitingCount;
  }

  /// How many were dropped because the queue was full.
  public long dropped() {
    return dropped;
  }

  /// Takes over a stanza; one with the same tag, id, from and participant (and type, for receipts) is
  /// replaced.
  public void add(Node stanza, Instant now) {
    var name = new Name(stanza.tag(), stanza.text("id"));
    var entry = new Entry(name, stanza, now);
    var all = new ArrayList<Entry>(1);
    List<Entry> before = waiting.remove(name);
    if (before != null) {
      all.addAll(before);
      all.removeIf(entry::isSameAs);
      waitingCount -= before.size() - all.size();
    }
    all.add(entry);
    waiting.put(name, all);
    waitingCount++;
    if (waitingCount > limits.queuedStanzas()) {
      dropOldest();
    }
  }

  private void dropOldest() {
    var oldest = waiting.entrySet().iterator();
    List<Entry> entries = oldest.next().getValue();
    oldest.remove();
    waitingCount -= entries.size();
    dropped += entries.size();
  }

  /// All that waits, oldest first.
  public List<Node> waiting() {
    var all = new ArrayList<Node>(waitingCount);
    for (List<Entry> entries : waiting.values()) {
      for (Entry entry : entries) {
        if (entry.stanza != null) {
          all.add(entry.stanza);
        }
      }
    }
    return all;
  }

  /// Notes that everything that waits is written once more.
  public void sentAll() {
    waiting.values().forEach(entries -> entries.forEach(e -> e.times++));
  }

  /// Notes that the newest stanza with this tag and id is written.
  public void sent(Node stanza) {
    List<Entry> entries = waiting.get(new Name(stanza.tag(), stanza.text("id")));
    if (entries != null) {
      entries.getLast().times++;
    }
  }

  /// The device has answered for the stanzas with this tag and id.
  ///
  /// @param named picks among several with the same id by their from; if it picks none, all are meant
  /// @return false when nothing waits under that name
  public boolean complete(
      String tag, String id, Predicate<Jid> named, Delivery.Completion how, Instant now) {
    var name = new Name(tag, id);
    List<Entry> entries = waiting.remove(name);
    if (entries == null) {
      return false;
    }
    var left = new ArrayList<>(entries);
    left.removeIf(e -> named.test(e.from));
    if (left.size() == entries.size()) {
      left.clear();
    }
    for (Entry entry : entries) {
      if (!left.contains(entry)) {
        finish(entry, how, now);
      }
    }
    if (!left.isEmpty()) {
      waiting.put(name, left);
    }
    return true;
  }

  /// The device could not read the message with that id.
  public void askAgain(String id) {
    unreadable.add(id);
    if (unreadable.size() > MAX_UNREADABLE) {
      unreadable.remove(unreadable.iterator().next());
    }
  }

  /// True once after [#askAgain].
  public boolean takeAskedAgain(String id) {
    return unreadable.remove(id);
  }

  private void finish(Entry entry, Delivery.Completion how, Instant now) {
    waitingCount--;
    entry.stanza = null;
    entry.completion = how;
    entry.completedAt = now;
    finished.add(entry);
    room.take();
    while (finished.size() > limits.ledgerPerDevice() || (room.isOver() && finished.size() > 1)) {
      finished.remove();
      room.give(1);
    }
  }

  /// Everything that was ever for the device, as far as it is kept: finished deliveries in the order of
  /// their completion, then what waits.
  public List<Delivery> ledger() {
    var all = new ArrayList<Delivery>(finished.size() + waitingCount);
    finished.forEach(e -> all.add(e.delivery()));
    waiting.values().forEach(entries -> entries.forEach(e -> all.add(e.delivery())));
    return all;
  }

  /// Forgets what waits; the ledger stays.
  void clear() {
    waiting.clear();
    waitingCount = 0;
  }

  /// The share of all devices' ledgers. Guarded by the world's lock.
  static final class LedgerRoom {
    private final int limit;
    private int taken;

    LedgerRoom(int limit) {
      this.limit = limit;
    }

    private void take() {
      taken++;
    }

    private void give(int entries) {
      taken -= entries;
    }

    private boolean isOver() {
      return taken > limit;
    }
  }
}
