package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;

import com.mongodb.ConnectionString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.ObjectId;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// The database of Wildcat 2 (Node.js), for reading. Documents that this Wildcat has put into the same
/// collections are passed over.
public final class FormerDatabase implements AutoCloseable {
  private static final String OURS = "3/";
  private static final int PAGE = 500;
  private static final int MAX_ENTRIES = 500_000;
  private static final JsonWriterSettings JSON =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  private final Database database;

  private FormerDatabase(Database database) {
    this.database = database;
  }

  /// @param url a connection string; a database it names is used unless `name` says another
  /// @throws IllegalArgumentException it is no connection string
  public static FormerDatabase open(String url, Optional<String> name) {
    String inUrl = Optional.ofNullable(new ConnectionString(url).getDatabase()).orElse("wildcat");
    return new FormerDatabase(Driver.of(MongoSettings.of(url, name.orElse(inUrl), Path.of(""))));
  }

  /// @param collectionName where its keys are
  public record Account(
      String id, String name, String collectionName, Instant createdAt, String status) {}

  public List<Account> accounts() throws StoreFailed {
    var accounts = new ArrayList<Account>();
    for (Document document : find("accounts", new Document(), 0)) {
      if (document.get("_id") instanceof String id && !document.containsKey("sealed")) {
        accounts.add(
            new Account(
                id,
                text(document, "name", ""),
                text(document, "collectionName", "auth_" + id),
                document.get("createdAt") instanceof Date date ? date.toInstant() : Instant.EPOCH,
                text(document, "status", "")));
      }
    }
    return accounts;
  }

  /// The URLs of all webhooks.
  public List<String> webhooks() throws StoreFailed {
    var urls = new ArrayList<String>();
    for (Document document : find("webhooks", new Document(), 0)) {
      if (document.get("url") instanceof String url && !document.containsKey("sealed")) {
        urls.add(url);
      }
    }
    return urls.stream().distinct().toList();
  }

  /// What Baileys keeps of an account: names, and JSON without the name.
  public Map<String, Bytes> authState(Account account) throws StoreFailed {
    var state = new LinkedHashMap<String, Bytes>();
    String after = "";
    List<Document> page;
    do {
      page = find(account.collectionName(), gt("_id", after), PAGE);
      for (Document document : page) {
        after = document.getString("_id");
        if (!after.startsWith(OURS) && state.size() < MAX_ENTRIES) {
          document.remove("_id");
          state.put(after, json(document));
        }
      }
    } while (page.size() == PAGE);
    return state;
  }

  /// A page of the account's messages, as JSON, in the order of their ids.
  ///
  /// @param next the id to go on behind; empty at the end
  public record Page(List<Bytes> messages, Optional<String> next) {
    public Page {
      messages = List.copyOf(messages);
    }
  }

  /// @param after of the page before; empty for the first
  public Page messages(Account account, Optional<String> after) throws StoreFailed {
    Bson mine = and(eq("accountId", account.id()), exists("row", false));
    Bson filter = after.isEmpty() ? mine : and(mine, gt("_id", new ObjectId(after.get())));
    List<Document> page = find(Names.MESSAGES, filter, PAGE);
    var messages = new ArrayList<Bytes>();
    Optional<String> next = Optional.empty();
    for (Document document : page) {
      if (document.get("_id") instanceof ObjectId id) {
        next = Optional.of(id.toHexString());
        messages.add(json(document));
      }
    }
    return new Page(messages, page.size() == PAGE ? next : Optional.empty());
  }

  /// How many files its GridFS bucket `media` has.
  public long media() throws StoreFailed {
    return database.count("media.files", new Document());
  }

  private List<Document> find(String collection, Bson filter, int limit) throws StoreFailed {
    return database.find(new Database.Query(collection, filter, new Document("_id", 1), limit, 0));
  }

  private static String text(Document document, String field, String fallback) {
    return document.get(field) instanceof String text && !text.isEmpty() ? text : fallback;
  }

  private static Bytes json(Document document) {
    return Bytes.wrap(document.toJson(JSON).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    database.close();
  }
}
