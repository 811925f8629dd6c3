package wildcat.store.mongodb;

import org.bson.Document;
import wildcat.client.store.StoreFailed;

/// How far the store has come: the number of its last batch, and the last of each number it has given.
///
/// @param batch 0 when nothing was ever written
/// @param event sequence of the last event
/// @param message row of the last message
/// @param epoch of the last account that was opened or deleted
record Head(long batch, long event, long message, long epoch) {
  static final String ID = "head";
  static final Head NONE = new Head(0, 0, 0, 0);

  static Head of(Document document) throws StoreFailed.Unreadable {
    var fields = new Stored(document);
    return new Head(
        fields.number("n"),
        fields.number("events"),
        fields.number("messages"),
        fields.number("epochs"));
  }

  Document document() {
    return new Document("_id", ID)
        .append("n", batch)
        .append("events", event)
        .append("messages", message)
        .append("epochs", epoch);
  }
}
