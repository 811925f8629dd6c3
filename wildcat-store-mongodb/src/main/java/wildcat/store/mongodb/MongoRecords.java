package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.json.JsonParseException;
import org.bson.types.Binary;
import wildcat.client.store.Records;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.seal.RowName;
import wildcat.client.store.seal.Seal;
import wildcat.client.store.seal.SealKey;
import wildcat.protocol.bytes.Bytes;

/// The application's records, sealed with the master key: they hold the secrets of webhooks.
///
/// Accounts and webhooks have the collections and the open fields that Wildcat 2 gave them, for whoever
/// reads the database. We read the sealed value only, and a document without one is none of ours.
final class MongoRecords implements Records {
  private static final Map<String, List<String>> OPEN =
      Map.of(
          "accounts", List.of("name", "collectionName", "createdAt", "status", "updatedAt"),
          "webhooks", List.of("url", "createdAt"));

  private final Database database;
  private final Writer writer;
  private final Seal seal;
  private final SealKey master;

  MongoRecords(Database database, Writer writer, Seal seal, SealKey master) {
    this.database = database;
    this.writer = writer;
    this.seal = seal;
    this.master = master;
  }

  private static String place(String collection) {
    return OPEN.containsKey(collection) ? collection : Names.RECORDS;
  }

  private static String id(String collection, String key) {
    return OPEN.containsKey(collection) ? key : collection + "/" + key;
  }

  @Override
  public void insert(String collection, String key, Bytes value)
      throws StoreFailed, InterruptedException {
    Document document = document(collection, key, value);
    writer.write(batch -> {
      if (batch
          .get(place(collection), id(collection, key))
          .filter(MongoRecords::isOurs)
          .isPresent()) {
        throw new StoreFailed.Conflict("a record with this key exists in " + collection);
      }
      batch.put(place(collection), document);
      return key;
    });
  }

  /// A record that cannot be read may be replaced: unlike an account's keys, it can be made anew.
  @Override
  public void put(String collection, String key, Bytes value)
      throws StoreFailed, InterruptedException {
    Document document = document(collection, key, value);
    writer.write(batch -> {
      batch.put(place(collection), document);
      return key;
    });
  }

  @Override
  public Optional<Bytes> get(String collection, String key) throws StoreFailed {
    Optional<Document> found =
        database
            .first(place(collection), eq("_id", id(collection, key)))
            .filter(MongoRecords::isOurs);
    return found.isEmpty() ? Optional.empty() : Optional.of(opened(collection, key, found.get()));
  }

  @Override
  public Map<String, Bytes> all(String collection) throws StoreFailed {
    var ours = exists("sealed");
    var filter = OPEN.containsKey(collection) ? ours : and(ours, AuthIds.range(collection + "/"));
    var all = new LinkedHashMap<String, Bytes>();
    for (Document document :
        database.find(
            new Database.Query(place(collection), filter, new Document("_id", 1), 0, 0))) {
      String id = new Stored(document).text("_id");
      String key = OPEN.containsKey(collection) ? id : id.substring(collection.length() + 1);
      all.put(key, opened(collection, key, document));
    }
    return all;
  }

  @Override
  public boolean remove(String collection, String key) throws StoreFailed, InterruptedException {
    return writer.write(batch -> {
      boolean there =
          batch
              .get(place(collection), id(collection, key))
              .filter(MongoRecords::isOurs)
              .isPresent();
      if (there) {
        batch.remove(place(collection), id(collection, key));
      }
      return there;
    });
  }

  private static boolean isOurs(Document document) {
    return document.containsKey("sealed");
  }

  private Document document(String collection, String key, Bytes value) {
    var document = new Document("_id", id(collection, key));
    List<String> open = OPEN.get(collection);
    if (open != null) {
      Document json = json(value);
      for (String field : open) {
        Object content = json.get(field);
        if (content != null) {
          document.append(field, field.endsWith("At") ? time(content) : content);
        }
      }
    }
    byte[] sealed = seal.seal(master, row(collection, key), value.toArray());
    return document.append("sealed", new Binary(sealed));
  }

  private static Document json(Bytes value) {
    try {
      return Document.parse(new String(value.toArray(), StandardCharsets.UTF_8));
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException _) {
      return new Document(); // not every record is JSON
    }
  }

  private static Object time(Object content) {
    try {
      return Date.from(Instant.parse(content.toString()));
    } catch (DateTimeParseException _) {
      return content;
    }
  }

  private Bytes opened(String collection, String key, Document document) throws StoreFailed {
    byte[] sealed = new Stored(document).bytes("sealed").toArray();
    return Bytes.wrap(seal.open(master, row(collection, key), sealed));
  }

  private static RowName row(String collection, String key) {
    return RowName.of("", "records", collection, key);
  }
}
