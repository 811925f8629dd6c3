package wildcat.store.mongodb;

import java.time.Instant;
import org.bson.Document;
import wildcat.client.event.AccountId;
import wildcat.client.store.Change;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;

/// The log of events. `_id` is the sequence.
final class EventDocuments {
  private EventDocuments() {}

  /// Gives the event its number and writes it and what is owed of it.
  static RecordedEvent record(
      Batch batch, Database database, AccountId account, Change.RecordEvent change)
      throws StoreFailed {
    long sequence = batch.nextEvent();
    var entry = batch.recorder().entry(account, sequence, change.at(), change.event());
    var recorded =
        new RecordedEvent(
            account,
            sequence,
            entry.eventId(),
            entry.type(),
            entry.lane(),
            Instant.ofEpochMilli(change.at().toEpochMilli()),
            entry.body());
    batch.insert(Names.EVENTS, document(recorded));
    var lanes = new Lanes(batch, database);
    long position = sequence * Lanes.POSITIONS_PER_EVENT;
    for (String destination : entry.destinations()) {
      lanes.owe(account, destination, entry.lane(), position++);
    }
    batch.recorded(recorded);
    return recorded;
  }

  private static Document document(RecordedEvent event) {
    return new Document("_id", event.sequence())
        .append("account", event.account().value())
        .append("eventId", event.eventId())
        .append("type", event.type())
        .append("lane", event.lane())
        .append("at", event.at().toEpochMilli())
        .append("body", Stored.binary(event.body()));
  }

  static RecordedEvent event(Document document) throws StoreFailed.Unreadable {
    var fields = new Stored(document);
    return new RecordedEvent(
        fields.account("account"),
        fields.number("_id"),
        fields.text("eventId"),
        fields.text("type"),
        fields.text("lane"),
        Instant.ofEpochMilli(fields.number("at")),
        fields.bytes("body"));
  }
}
