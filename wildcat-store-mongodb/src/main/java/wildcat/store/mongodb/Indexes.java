package wildcat.store.mongodb;

import java.util.List;
import org.bson.Document;
import wildcat.client.store.StoreFailed;

/// What is looked for by anything but its name. Nothing here is unique: names (`_id`) are, and they are made
/// of what must not be there twice.
final class Indexes {
  private record Index(String collection, Document keys) {
    static Index of(String collection, String... fields) {
      var keys = new Document();
      for (String field : fields) {
        boolean down = field.startsWith("-");
        keys.append(down ? field.substring(1) : field, down ? -1 : 1);
      }
      return new Index(collection, keys);
    }
  }

  private static final List<Index> ALL =
      List.of(
          Index.of(Names.MESSAGES, "accountId", "messageId"),
          Index.of(Names.MESSAGES, "accountId", "chatId", "-time", "-row"),
          Index.of(Names.MESSAGES, "accountId", "-time", "-row"),
          Index.of(Names.MESSAGES, "accountId", "status", "row"),
          Index.of(Names.MESSAGES, "-time", "-row"),
          Index.of(Names.MESSAGES, "row"),
          Index.of(Names.MESSAGES, "createdAt"),
          Index.of(Names.RECEIPTS, "at"),
          Index.of(Names.CIPHERTEXTS, "at"),
          Index.of(Names.EVENTS, "at"),
          Index.of(Names.OUTBOX, "lane", "_id"),
          Index.of(Names.OUTBOX, "destination"),
          Index.of(Names.LANES, "destination", "notBefore", "head"),
          Index.of(Names.LANES, "account"),
          Index.of(Names.DEAD_LETTERS, "destination", "-_id"),
          Index.of(Names.DEAD_LETTERS, "at"),
          Index.of(Names.QUARANTINE, "account"),
          Index.of(Names.QUARANTINE, "at"));

  private Indexes() {}

  static void make(Database database) throws StoreFailed {
    for (Index index : ALL) {
      database.index(index.collection(), index.keys());
    }
  }
}
