package wildcat.store.mongodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;

/// What the next write of the head commits: the documents that change, and the numbers given. Reads see
/// what it has changed already. The writer's thread only.
final class Batch {
  /// In this order a batch is written: keys and messages before the events that tell of them, events
  /// before what is owed to anybody, and the heads of lanes last.
  private static final List<String> ORDER =
      List.of(
          Names.JOURNAL,
          Names.QUARANTINE,
          Names.OWNERS,
          "auth",
          Names.MESSAGES,
          Names.RECEIPTS,
          Names.CIPHERTEXTS,
          Names.EVENTS,
          Names.DEAD_LETTERS,
          Names.OUTBOX,
          Names.LANES);

  private final DocumentCache cache;
  private final EventRecorder recorder;
  private final String token = UUID.randomUUID().toString();
  private final Map<Key, Op> ops = new LinkedHashMap<>();
  private final Map<Key, Op> unit = new LinkedHashMap<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private Head last;
  private Head beforeUnit;
  private int eventsBeforeUnit;
  private boolean touched;

  Batch(Head base, DocumentCache cache, EventRecorder recorder) {
    this.cache = cache;
    this.recorder = recorder;
    this.last = new Head(base.batch() + 1, base.event(), base.message(), base.epoch());
    this.beforeUnit = last;
  }

  /// Tells this batch from another one with the same number.
  String token() {
    return token;
  }

  long number() {
    return last.batch();
  }

  /// The head after this batch.
  Head head() {
    return last;
  }

  EventRecorder recorder() {
    return recorder;
  }

  List<RecordedEvent> events() {
    return List.copyOf(events);
  }

  boolean isEmpty() {
    return ops.isEmpty() && !touched;
  }

  /// Makes the batch be written even if it changes no document.
  void touch() {
    touched = true;
  }

  void begin() {
    unit.clear();
    beforeUnit = last;
    eventsBeforeUnit = events.size();
  }

  void end() {
    ops.putAll(unit);
    unit.clear();
  }

  /// Takes the unit back and leaves the others as they are.
  void undo() {
    unit.clear();
    last = beforeUnit;
    events.subList(eventsBeforeUnit, events.size()).clear();
  }

  long nextEvent() {
    last = new Head(last.batch(), last.event() + 1, last.message(), last.epoch());
    return last.event();
  }

  long nextMessage() {
    last = new Head(last.batch(), last.event(), last.message() + 1, last.epoch());
    return last.message();
  }

  long nextEpoch() {
    last = new Head(last.batch(), last.event(), last.message(), last.epoch() + 1);
    return last.epoch();
  }

  void recorded(RecordedEvent event) {
    events.add(event);
  }

  void put(String collection, Document document) {
    add(new Op.Put(collection, document));
  }

  void insert(String collection, Document document) {
    add(new Op.Insert(collection, document));
  }

  void remove(String collection, Object id) {
    add(new Op.Remove(collection, id));
  }

  void add(Op op) {
    unit.put(Key.of(op), op);
  }

  /// The document as it is after what was changed so far.
  Optional<Document> get(String collection, Object id) throws StoreFailed {
    Optional<Op> changed = changed(new Key(collection, id));
    return changed.isPresent() ? changed.get().after() : cache.get(collection, id);
  }

  /// Reads many at once, for [#get] to find.
  void fetch(String collection, List<?> ids) throws StoreFailed {
    cache.fetch(collection, ids);
  }

  /// What the batch does to a document, if anything.
  Optional<Op> changed(Key key) {
    return Optional.ofNullable(unit.containsKey(key) ? unit.get(key) : ops.get(key));
  }

  /// The documents of a collection that the batch writes.
  List<Document> puts(String collection) {
    var all = new LinkedHashMap<>(ops);
    all.putAll(unit);
    var documents = new ArrayList<Document>();
    for (Op op : all.values()) {
      if (op.collection().equals(collection)) {
        op.after().ifPresent(documents::add);
      }
    }
    return documents;
  }

  /// All changes, in the order in which they are to be written.
  List<Op> ops() {
    return inOrder(ops.values());
  }

  static List<Op> inOrder(Collection<Op> ops) {
    var sorted = new ArrayList<>(ops);
    sorted.sort(Comparator.comparingInt(op -> rank(op.collection())));
    return sorted;
  }

  private static int rank(String collection) {
    int rank = ORDER.indexOf(collection.startsWith("auth_") ? "auth" : collection);
    return rank < 0 ? ORDER.size() : rank;
  }
}
