package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.store.Store.Retention;
import wildcat.client.store.StoreFailed;

/// Drops what is too old. By our clock and in our order rather than by the server's TTL: an event must stay
/// as long as it is owed to somebody, and not every server that speaks the protocol has TTL.
final class Pruning {
  private static final int AT_ONCE = 500;

  private final Database database;
  private final Writer writer;
  private final Erasure erasure;

  Pruning(Database database, Writer writer, Erasure erasure) {
    this.database = database;
    this.writer = writer;
    this.erasure = erasure;
  }

  void prune(Instant now, Retention retention) throws StoreFailed, InterruptedException {
    erasure.finishAll();
    Instant oldMessages = now.minus(retention.messages());
    long oldEvents = now.minus(retention.events()).toEpochMilli();
    long oldKeys = now.minus(retention.quarantine()).toEpochMilli();
    database.deleteMany(
        Names.MESSAGES, and(gt("row", 0L), lt("createdAt", Date.from(oldMessages))));
    database.deleteMany(Names.RECEIPTS, lt("at", Date.from(oldMessages)));
    database.deleteMany(Names.CIPHERTEXTS, lt("at", oldMessages.toEpochMilli()));
    database.deleteMany(Names.DEAD_LETTERS, lt("at", oldEvents));
    dropEvents(oldEvents);
    database.deleteMany(Names.QUARANTINE, lt("at", oldKeys));
    dropNamesOfRemovedKeys(oldKeys);
    dropIdleLanes();
    writer.write(_ -> {
      writer.dropLeftovers();
      return now;
    });
  }

  private void dropEvents(long before) throws StoreFailed {
    long after = 0;
    List<Document> page;
    do {
      page = page(Names.EVENTS, and(lt("at", before), gt("_id", after)));
      if (!page.isEmpty()) {
        long first = new Stored(page.getFirst()).number("_id");
        after = new Stored(page.getLast()).number("_id");
        Set<Long> owed = new HashSet<>();
        owed.addAll(owed(Names.OUTBOX, first, after));
        owed.addAll(owed(Names.DEAD_LETTERS, first, after));
        List<Object> droppable =
            page.stream().map(event -> Stored.id(event)).filter(id -> !owed.contains(id)).toList();
        database.deleteMany(Names.EVENTS, in("_id", droppable));
      }
    } while (page.size() == AT_ONCE);
  }

  /// The sequences within a range that somebody is owed.
  private Set<Long> owed(String collection, long first, long last) throws StoreFailed {
    Set<Long> owed = new HashSet<>();
    long from = first * Lanes.POSITIONS_PER_EVENT;
    long end = (last + 1) * Lanes.POSITIONS_PER_EVENT;
    List<Document> page;
    do {
      page = page(collection, and(gte("_id", from), lt("_id", end)));
      for (Document row : page) {
        long position = new Stored(row).number("_id");
        owed.add(position / Lanes.POSITIONS_PER_EVENT);
        from = position + 1;
      }
    } while (page.size() == AT_ONCE);
    return owed;
  }

  private void dropNamesOfRemovedKeys(long before) throws StoreFailed {
    String after = "";
    List<Document> page;
    do {
      page = page(Names.OWNERS, gt("_id", after));
      for (Document owner : page) {
        after = new Stored(owner).text("_id");
        database.deleteMany(Names.auth(new Stored(owner).account("_id")), lt("gone", before));
      }
    } while (page.size() == AT_ONCE);
  }

  private void dropIdleLanes() throws StoreFailed, InterruptedException {
    Bson idle = and(eq("head", 0L), eq("gap", false));
    List<Document> page;
    do {
      page = page(Names.LANES, idle);
      List<Object> ids = page.stream().map(lane -> Stored.id(lane)).toList();
      if (!ids.isEmpty()) {
        writer.write(batch -> {
          for (Object id : ids) {
            Optional<Document> lane = batch.get(Names.LANES, id);
            if (lane.isPresent()
                && new Stored(lane.get()).number("head") == 0
                && !new Stored(lane.get()).flag("gap")) {
              batch.remove(Names.LANES, id);
            }
          }
          return ids.size();
        });
      }
    } while (page.size() == AT_ONCE);
  }

  private List<Document> page(String collection, Bson filter) throws StoreFailed {
    return database.find(
        new Database.Query(collection, filter, new Document("_id", 1), AT_ONCE, 0));
  }
}
