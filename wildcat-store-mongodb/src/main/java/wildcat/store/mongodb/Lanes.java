package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import wildcat.client.event.AccountId;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.StoreFailed;

/// What is owed to whom. A lane is what is delivered in order: one destination, account and chat. Its
/// document knows the oldest position that is not settled (`head`, 0 when there is none), so that finding
/// what is due never looks at what waits behind a head. The writer's thread only.
final class Lanes {
  /// Positions are a sequence number times this, plus which of the event's destinations.
  static final long POSITIONS_PER_EVENT = EventRecorder.Entry.MAX_DESTINATIONS;

  private static final int LOOKED_AT_ONCE = 16;

  private final Batch batch;
  private final Database database;

  Lanes(Batch batch, Database database) {
    this.batch = batch;
    this.database = database;
  }

  static String id(String destination, AccountId account, String lane) {
    return destination + "/" + account + "/" + lane;
  }

  void owe(AccountId account, String destination, String lane, long position) throws StoreFailed {
    String id = id(destination, account, lane);
    Optional<Document> known = batch.get(Names.LANES, id);
    if (known.isEmpty()) {
      batch.put(
          Names.LANES,
          new Document("_id", id)
              .append("destination", destination)
              .append("account", account.value())
              .append("lane", lane)
              .append("head", position)
              .append("attempts", 0)
              .append("notBefore", 0L)
              .append("gap", false));
    } else if (new Stored(known.get()).number("head") == 0) {
      boolean gap = new Stored(known.get()).flag("gap");
      batch.put(Names.LANES, headed(known.get(), position, gap));
    }
    batch.insert(
        Names.OUTBOX,
        new Document("_id", position).append("lane", id).append("destination", destination));
  }

  void settle(Settlement settlement, Instant now) throws StoreFailed {
    Optional<Document> row = batch.get(Names.OUTBOX, settlement.position());
    if (row.isEmpty()) {
      return;
    }
    Optional<Document> lane = batch.get(Names.LANES, new Stored(row.get()).text("lane"));
    if (lane.isEmpty()) {
      return; // forgotten; the row goes too
    }
    switch (settlement) {
      case Settlement.Delivered(long position) -> drop(lane.get(), position, false);
      case Settlement.Retry(long position, int attempts, Instant notBefore) -> {
        if (new Stored(lane.get()).number("head") == position) {
          batch.put(
              Names.LANES,
              new Document(lane.get())
                  .append("attempts", attempts)
                  .append("notBefore", Math.max(1, notBefore.toEpochMilli())));
        }
      }
      case Settlement.Dead(long position, int attempts, String reason) -> {
        batch.insert(
            Names.DEAD_LETTERS,
            new Document("_id", position)
                .append("destination", lane.get().get("destination"))
                .append("account", lane.get().get("account"))
                .append("attempts", attempts)
                .append("gap", lane.get().get("gap"))
                .append("reason", reason)
                .append("at", now.toEpochMilli()));
        drop(lane.get(), position, true);
      }
    }
  }

  private void drop(Document lane, long position, boolean gap) throws StoreFailed {
    batch.remove(Names.OUTBOX, position);
    if (new Stored(lane).number("head") == position) {
      batch.put(Names.LANES, headed(lane, next(lane.getString("_id"), position), gap));
    } else {
      batch.put(Names.LANES, new Document(lane).append("gap", gap));
    }
  }

  private static Document headed(Document lane, long head, boolean gap) {
    return new Document(lane)
        .append("head", head)
        .append("attempts", 0)
        .append("notBefore", 0L)
        .append("gap", gap);
  }

  /// The oldest position behind `after` that is not settled, 0 when there is none.
  private long next(String lane, long after) throws StoreFailed {
    long pending = Long.MAX_VALUE;
    for (Document row : batch.puts(Names.OUTBOX)) {
      var fields = new Stored(row);
      long position = fields.number("_id");
      if (position > after && fields.text("lane").equals(lane)) {
        pending = Math.min(pending, position);
      }
    }
    long stored = nextStored(lane, after);
    long next = Math.min(pending, stored == 0 ? Long.MAX_VALUE : stored);
    return next == Long.MAX_VALUE ? 0 : next;
  }

  private long nextStored(String lane, long after) throws StoreFailed {
    long from = after;
    while (true) {
      List<Document> page =
          database.find(
              new Database.Query(
                  Names.OUTBOX,
                  and(eq("lane", lane), gt("_id", from)),
                  new Document("_id", 1),
                  LOOKED_AT_ONCE,
                  0));
      for (Document row : page) {
        from = new Stored(row).number("_id");
        boolean removed =
            batch
                .changed(new Key(Names.OUTBOX, from))
                .filter(Op.Remove.class::isInstance)
                .isPresent();
        if (!removed) {
          return from;
        }
      }
      if (page.size() < LOOKED_AT_ONCE) {
        return 0;
      }
    }
  }
}
