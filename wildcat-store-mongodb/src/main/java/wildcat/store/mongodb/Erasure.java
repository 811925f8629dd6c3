package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;

/// Erases accounts and destinations. What makes an account useless goes first, in one commit: its data key
/// and its epoch. The rest, which may be much, follows; a note of what was begun stays until it is done, so
/// an interrupted erasure is finished by the next pruning, or before the account is opened again.
final class Erasure {
  private static final int AT_ONCE = 500;
  private static final String FORGOTTEN = "forgotten/";

  private final Database database;
  private final Writer writer;

  Erasure(Database database, Writer writer) {
    this.database = database;
    this.writer = writer;
  }

  void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException {
    boolean known =
        writer.write(batch -> {
          boolean there = batch.get(Names.OWNERS, account.value()).isPresent();
          if (there) {
            var erased = new Owner(batch.nextEpoch(), Optional.empty(), 1, true);
            batch.put(Names.OWNERS, erased.document(account).append("purge", purge));
          }
          return there;
        });
    if (known) {
      finish(account, purge);
    }
  }

  /// Finishes whatever was begun.
  void finishAll() throws StoreFailed, InterruptedException {
    for (Document owner : find(Names.OWNERS, eq("erasing", true))) {
      finish(new Stored(owner).account("_id"), owner.getBoolean("purge", false));
    }
    for (Document note : find(Names.META, AuthIds.range(FORGOTTEN))) {
      finishForgetting(note);
    }
  }

  /// Finishes the erasure of one account, if it was begun.
  void finish(AccountId account) throws StoreFailed, InterruptedException {
    Optional<Document> owner = database.first(Names.OWNERS, eq("_id", account.value()));
    if (owner.isPresent() && new Stored(owner.get()).flag("erasing")) {
      finish(account, owner.get().getBoolean("purge", false));
    }
  }

  private void finish(AccountId account, boolean purge) throws StoreFailed, InterruptedException {
    database.drop(Names.auth(account));
    database.deleteMany(Names.CIPHERTEXTS, AuthIds.range(account + "/"));
    database.deleteMany(Names.QUARANTINE, eq("account", account.value()));
    if (purge) {
      dropLanes(eq("account", account.value()));
      database.deleteMany(Names.DEAD_LETTERS, eq("account", account.value()));
      database.deleteMany(Names.EVENTS, eq("account", account.value()));
      database.deleteMany(Names.RECEIPTS, AuthIds.range(account + "/"));
      database.deleteMany(Names.MESSAGES, eq("accountId", account.value()));
    }
    writer.write(batch -> {
      Optional<Document> owner = batch.get(Names.OWNERS, account.value());
      if (owner.isPresent() && new Stored(owner.get()).flag("erasing")) {
        if (purge) {
          batch.remove(Names.OWNERS, account.value());
        } else {
          long epoch = new Stored(owner.get()).number("epoch");
          batch.put(Names.OWNERS, new Owner(epoch, Optional.empty(), 1, false).document(account));
        }
      }
      return account;
    });
  }

  void forget(String destination) throws StoreFailed, InterruptedException {
    Document note =
        writer.write(batch -> {
          long before = (batch.head().event() + 1) * Lanes.POSITIONS_PER_EVENT;
          var noted =
              new Document("_id", FORGOTTEN + destination)
                  .append("destination", destination)
                  .append("before", before);
          batch.put(Names.META, noted);
          return noted;
        });
    finishForgetting(note);
  }

  private void finishForgetting(Document note) throws StoreFailed, InterruptedException {
    String destination = new Stored(note).text("destination");
    long before = new Stored(note).number("before");
    Bson old = and(eq("destination", destination), lt("_id", before));
    dropLanes(and(eq("destination", destination), lt("head", before)));
    database.deleteMany(Names.OUTBOX, old);
    database.deleteMany(Names.DEAD_LETTERS, old);
    writer.write(batch -> {
      batch.remove(Names.META, Stored.id(note));
      return destination;
    });
  }

  /// Drops lanes, and then what they still owe.
  private void dropLanes(Bson which) throws StoreFailed, InterruptedException {
    List<Document> lanes = find(Names.LANES, which);
    while (!lanes.isEmpty()) {
      List<Object> ids = lanes.stream().map(lane -> Stored.id(lane)).toList();
      database.deleteMany(Names.OUTBOX, in("lane", ids));
      writer.write(batch -> {
        ids.forEach(id -> batch.remove(Names.LANES, id));
        return ids.size();
      });
      lanes = find(Names.LANES, which);
    }
  }

  private List<Document> find(String collection, Bson filter) throws StoreFailed {
    return database.find(
        new Database.Query(collection, filter, new Document("_id", 1), AT_ONCE, 0));
  }
}
