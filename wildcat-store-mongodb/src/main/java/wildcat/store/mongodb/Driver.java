package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.not;

import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BSONException;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.store.StoreFailed;

/// [Database] on MongoDB's own driver. Writes are acknowledged by a majority and on their disks; reads go
/// to the primary, where every acknowledged write is.
final class Driver implements Database {
  /// Error codes of MongoDB: DuplicateKey; CommandNotFound, NotImplemented and how others say it.
  private static final int DUPLICATE_KEY = 11_000;

  private static final Set<Integer> NOT_KNOWN = Set.of(2, 9, 59, 115, 238, 15_952, 40_324, 40_353);
  private static final int MAX_AT_ONCE = 500;

  private final MongoClient client;
  private final com.mongodb.client.MongoDatabase database;

  private Driver(MongoClient client, String name) {
    this.client = client;
    this.database =
        client
            .getDatabase(name)
            .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
            .withReadPreference(ReadPreference.primary());
  }

  /// Connects when it is first used.
  static Driver of(MongoSettings settings) {
    var built =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(settings.url()))
            .applicationName("wildcat")
            .applyToClusterSettings(cluster ->
                cluster.serverSelectionTimeout(
                    settings.patience().toMillis(), TimeUnit.MILLISECONDS))
            .applyToSocketSettings(socket ->
                socket
                    .connectTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
                    .readTimeout(2 * settings.patience().toMillis(), TimeUnit.MILLISECONDS))
            .build();
    return new Driver(MongoClients.create(built), settings.database());
  }

  private MongoCollection<Document> collection(String name) {
    return database.getCollection(name);
  }

  @Override
  public Optional<Document> first(String collection, Bson filter) throws StoreFailed {
    return tried(() -> Optional.ofNullable(collection(collection).find(filter).limit(1).first()));
  }

  @Override
  public List<Document> find(Query query) throws StoreFailed {
    return tried(() ->
        collection(query.collection())
            .find(query.filter())
            .sort(query.sort())
            .limit(query.limit())
            .skip(query.skip())
            .into(new ArrayList<>()));
  }

  @Override
  public long count(String collection, Bson filter) throws StoreFailed {
    return tried(() -> collection(collection).countDocuments(filter));
  }

  @Override
  public Optional<List<Document>> aggregate(String collection, List<Bson> stages)
      throws StoreFailed {
    return tried(() -> {
      try {
        return Optional.of(
            collection(collection).aggregate(stages).allowDiskUse(true).into(new ArrayList<>()));
      } catch (MongoCommandException e) {
        if (NOT_KNOWN.contains(e.getErrorCode())) {
          return Optional.empty();
        }
        throw e;
      }
    });
  }

  @Override
  public boolean swapHead(long expected, Document next) throws StoreFailed {
    return tried(() -> {
      var meta = collection(Names.META);
      if (expected == 0) {
        try {
          meta.insertOne(next);
          return true;
        } catch (MongoWriteException e) {
          if (e.getCode() == DUPLICATE_KEY) {
            return false;
          }
          throw e;
        }
      }
      return meta.replaceOne(and(eq("_id", next.get("_id")), eq("n", expected)), next)
              .getMatchedCount()
          == 1;
    });
  }

  @Override
  public void write(long version, List<Op> ops) throws StoreFailed {
    Map<String, List<Op>> byCollection = new LinkedHashMap<>();
    for (Op op : ops) {
      byCollection.computeIfAbsent(op.collection(), _ -> new ArrayList<>()).add(op);
    }
    for (var entry : byCollection.entrySet()) {
      List<Op> all = entry.getValue();
      for (int from = 0; from < all.size(); from += MAX_AT_ONCE) {
        List<Op> some = all.subList(from, Math.min(all.size(), from + MAX_AT_ONCE));
        tried(() -> bulk(version, entry.getKey(), some));
      }
    }
  }

  private int bulk(long version, String collection, List<Op> ops) {
    List<WriteModel<Document>> models = new ArrayList<>();
    for (Op op : ops) {
      models.add(model(version, op));
    }
    try {
      collection(collection).bulkWrite(models, new BulkWriteOptions().ordered(false));
    } catch (MongoBulkWriteException | MongoCommandException | BSONException e) {
      if (ops.size() == 1 && !isDuplicate(e)) {
        throw e;
      }
      if (ops.size() > 1) {
        // some were written before. Not every server goes on behind such a one, or says it in the
        // same way: so each by itself
        ops.forEach(op -> one(version, op));
      }
    }
    return ops.size();
  }

  private static WriteModel<Document> model(long version, Op op) {
    return switch (op) {
      case Op.Put(var _, var document) ->
          new ReplaceOneModel<>(
              older(version, op), stamped(document, version), new ReplaceOptions().upsert(true));
      case Op.Insert(var _, var document) -> new InsertOneModel<>(stamped(document, version));
      case Op.Remove(var collection, var id) ->
          // a position is never used again
          new DeleteOneModel<>(
              collection.equals(Names.OUTBOX) ? eq("_id", id) : older(version, op));
    };
  }

  /// By the plain commands, whose errors all servers tell alike.
  private void one(long version, Op op) {
    MongoCollection<Document> target = collection(op.collection());
    try {
      switch (model(version, op)) {
        case ReplaceOneModel<Document> put ->
            target.replaceOne(put.getFilter(), put.getReplacement(), put.getReplaceOptions());
        case InsertOneModel<Document> insert -> target.insertOne(insert.getDocument());
        case DeleteOneModel<Document> delete -> target.deleteOne(delete.getFilter());
        default -> throw new IllegalStateException("no such model");
      }
    } catch (MongoWriteException | MongoCommandException | BSONException e) {
      if (!isDuplicate(e)) {
        throw e;
      }
      // there already, from this batch or a later one
    }
  }

  private static boolean isDuplicate(RuntimeException failure) {
    return switch (failure) {
      case MongoWriteException e -> e.getCode() == DUPLICATE_KEY;
      case MongoCommandException e -> e.getErrorCode() == DUPLICATE_KEY;
      case MongoBulkWriteException e ->
          e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY)
              && e.getWriteConcernError() == null;
      default -> false;
    };
  }

  /// The document, unless it is of this batch or a later one. One that is not ours has no version.
  private static Bson older(long version, Op op) {
    return and(eq("_id", op.id()), not(gte("v", version)));
  }

  private static Document stamped(Document document, long version) {
    return new Document(document).append("v", version);
  }

  @Override
  public void deleteMany(String collection, Bson filter) throws StoreFailed {
    tried(() -> collection(collection).deleteMany(filter));
  }

  @Override
  public void drop(String collection) throws StoreFailed {
    tried(() -> {
      collection(collection).drop();
      return collection;
    });
  }

  @Override
  public void index(String collection, Bson keys) throws StoreFailed {
    tried(() -> collection(collection).createIndex(keys));
  }

  private interface Call<T> {
    T run();
  }

  @SuppressWarnings("NullAway") // null only if the call's own type allows it
  private static <T> T tried(Call<T> call) throws StoreFailed {
    try {
      return call.run();
    } catch (MongoException e) {
      // without the message of the server: it may quote a document
      throw new StoreFailed.Unavailable(
          "MongoDB: " + e.getClass().getSimpleName() + " (code " + e.getCode() + ")");
    } catch (BSONException e) {
      throw new StoreFailed.Unavailable(
          "MongoDB: an answer that is none (" + e.getClass().getSimpleName() + ")");
    } catch (IllegalStateException e) {
      throw new StoreFailed.Unavailable("the store is closed", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
