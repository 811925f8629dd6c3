package wildcat.store.mongodb;

import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.store.StoreFailed;

/// The documents the writer needs for nearly every batch, as its last batch has left them. They are right
/// as long as nobody else writes batches, and if somebody does, the writer's next one fails and it forgets
/// them all. The writer's thread only.
final class DocumentCache {
  private static final int LIMIT = 5_000;
  private static final Set<String> KEPT = Set.of(Names.OWNERS, Names.LANES);

  private final Database database;

  /// In the order of use, the one used longest ago first.
  private final LinkedHashMap<Key, Optional<Document>> documents =
      new LinkedHashMap<>(16, 0.75f, true);

  /// What was fetched for the batch that is being made, and is not kept beyond it.
  private final Map<Key, Optional<Document>> fetched = new LinkedHashMap<>();

  DocumentCache(Database database) {
    this.database = database;
  }

  Optional<Document> get(String collection, Object id) throws StoreFailed {
    var key = new Key(collection, id);
    Optional<Document> known = known(key);
    if (documents.containsKey(key) || fetched.containsKey(key)) {
      return known;
    }
    Optional<Document> read = database.first(collection, Filters.eq("_id", id));
    keep(key, read);
    return read;
  }

  @SuppressWarnings("NullAway") // both maps hold no nulls
  private Optional<Document> known(Key key) {
    if (documents.containsKey(key)) {
      return documents.get(key);
    }
    return fetched.getOrDefault(key, Optional.empty());
  }

  /// Reads many at once, for [#get] to find.
  void fetch(String collection, List<?> ids) throws StoreFailed {
    var missing = new HashSet<Object>();
    for (Object id : ids) {
      var key = new Key(collection, id);
      if (!documents.containsKey(key) && !fetched.containsKey(key)) {
        missing.add(id);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    var found =
        database.find(new Database.Query(collection, ids(missing), new Document("_id", 1), 0, 0));
    for (Document document : found) {
      missing.remove(Stored.id(document));
      keep(new Key(collection, Stored.id(document)), Optional.of(document));
    }
    missing.forEach(id -> keep(new Key(collection, id), Optional.empty()));
  }

  /// Of those names. One alone is asked for by itself: there are servers that look through all documents for
  /// anything else.
  static Bson ids(Collection<?> ids) {
    return ids.size() == 1
        ? Filters.eq("_id", ids.iterator().next())
        : Filters.in("_id", new ArrayList<>(ids));
  }

  private void keep(Key key, Optional<Document> document) {
    if (KEPT.contains(key.collection())) {
      documents.put(key, document);
      if (documents.size() > LIMIT) {
        documents.pollFirstEntry();
      }
    } else {
      fetched.put(key, document);
    }
  }

  Database database() {
    return database;
  }

  /// Takes over what a batch has written.
  void written(List<Op> ops) {
    fetched.clear();
    for (Op op : ops) {
      if (KEPT.contains(op.collection())) {
        keep(Key.of(op), op.after());
      }
    }
  }

  /// Forgets what was read for one batch.
  void batchEnded() {
    fetched.clear();
  }

  void forgetAll() {
    documents.clear();
    fetched.clear();
  }
}
