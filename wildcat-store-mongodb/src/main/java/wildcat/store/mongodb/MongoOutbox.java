package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.store.Outbox;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.store.mongodb.Database.Query;

/// The outbox over [Lanes].
final class MongoOutbox implements Outbox {
  private final Database database;
  private final Writer writer;
  private final Erasure erasure;
  private final InstantSource clock;

  MongoOutbox(Database database, Writer writer, Erasure erasure, InstantSource clock) {
    this.database = database;
    this.writer = writer;
    this.erasure = erasure;
    this.clock = clock;
  }

  @Override
  public List<Delivery> due(String destination, Instant now, int limit) throws StoreFailed {
    if (limit == 0) {
      return List.of();
    }
    var lanes = new ArrayList<Document>();
    lanes.addAll(lanes(destination, eq("notBefore", 0L), new Document("head", 1), limit));
    lanes.addAll(
        lanes(
            destination,
            and(gt("notBefore", 0L), lte("notBefore", now.toEpochMilli())),
            new Document("notBefore", 1).append("head", 1),
            limit));
    List<Delivery> due = new ArrayList<>(deliveries(lanes));
    due.sort(Comparator.comparingLong(Delivery::position));
    return List.copyOf(due.subList(0, Math.min(limit, due.size())));
  }

  private List<Document> lanes(String destination, Bson when, Document sort, int limit)
      throws StoreFailed {
    return database.find(
        new Query(
            Names.LANES,
            and(eq("destination", destination), gt("head", 0L), when),
            sort,
            limit,
            0));
  }

  private List<Delivery> deliveries(List<Document> lanes) throws StoreFailed {
    var sequences = new ArrayList<Long>();
    for (Document lane : lanes) {
      sequences.add(new Stored(lane).number("head") / Lanes.POSITIONS_PER_EVENT);
    }
    Map<Long, RecordedEvent> events = events(sequences);
    var deliveries = new ArrayList<Delivery>();
    for (Document lane : lanes) {
      long position = new Stored(lane).number("head");
      RecordedEvent event = events.get(position / Lanes.POSITIONS_PER_EVENT);
      if (event != null) { // else its account was erased a moment ago
        deliveries.add(delivery(lane, position, event));
      }
    }
    return deliveries;
  }

  private static Delivery delivery(Document row, long position, RecordedEvent event)
      throws StoreFailed {
    var fields = new Stored(row);
    Instant notBefore =
        row.containsKey("notBefore")
            ? Instant.ofEpochMilli(fields.number("notBefore"))
            : Instant.EPOCH;
    return new Delivery(
        fields.text("destination"),
        position,
        event.account(),
        event.lane(),
        event.eventId(),
        event.type(),
        event.body(),
        (int) fields.number("attempts"),
        notBefore,
        fields.flag("gap"));
  }

  private Map<Long, RecordedEvent> events(List<Long> sequences) throws StoreFailed {
    Map<Long, RecordedEvent> events = new HashMap<>();
    if (!sequences.isEmpty()) {
      for (Document document :
          database.find(
              new Query(
                  Names.EVENTS, DocumentCache.ids(sequences), new Document("_id", 1), 0, 0))) {
        RecordedEvent event = EventDocuments.event(document);
        events.put(event.sequence(), event);
      }
    }
    return events;
  }

  @Override
  public Optional<Instant> nextDue(String destination) throws StoreFailed {
    List<Document> first =
        database.find(
            new Query(
                Names.LANES,
                and(eq("destination", destination), gt("head", 0L)),
                new Document("notBefore", 1),
                1,
                0));
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(new Stored(first.getFirst()).number("notBefore")));
  }

  @Override
  public void settle(List<Settlement> settlements) throws StoreFailed, InterruptedException {
    if (settlements.isEmpty()) {
      return;
    }
    List<Settlement> all = List.copyOf(settlements);
    Instant now = clock.instant();
    writer.write(batch -> {
      batch.fetch(Names.OUTBOX, all.stream().map(Settlement::position).toList());
      var lanes = new Lanes(batch, database);
      for (Settlement settlement : all) {
        lanes.settle(settlement, now);
      }
      return all.size();
    });
  }

  @Override
  public long pending(String destination) throws StoreFailed {
    return database.count(Names.OUTBOX, eq("destination", destination));
  }

  @Override
  public List<DeadLetter> dead(String destination, int limit) throws StoreFailed {
    if (limit == 0) {
      return List.of();
    }
    List<Document> rows =
        database.find(
            new Query(
                Names.DEAD_LETTERS,
                eq("destination", destination),
                new Document("_id", -1),
                limit,
                0));
    var sequences = new ArrayList<Long>();
    for (Document row : rows) {
      sequences.add(new Stored(row).number("_id") / Lanes.POSITIONS_PER_EVENT);
    }
    Map<Long, RecordedEvent> events = events(sequences);
    var dead = new ArrayList<DeadLetter>();
    for (Document row : rows) {
      long position = new Stored(row).number("_id");
      RecordedEvent event = events.get(position / Lanes.POSITIONS_PER_EVENT);
      if (event != null) {
        dead.add(
            new DeadLetter(
                delivery(row, position, event),
                new Stored(row).text("reason"),
                Instant.ofEpochMilli(new Stored(row).number("at"))));
      }
    }
    return dead;
  }

  @Override
  public void forget(String destination) throws StoreFailed, InterruptedException {
    erasure.forget(destination);
  }
}
