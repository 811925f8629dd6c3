package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.ChatMessage;
import wildcat.client.store.Change;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.seal.AccountSeal;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.store.mongodb.AuthIds.PerDevice;

/// A unit of work made ready on its caller's thread: everything is read, decided, encoded and sealed, so
/// that the writer, which all accounts share, only writes. What it has read belongs to the account, which
/// nobody but its owner changes; that the caller still is the owner is seen when it is committed.
final class PlannedUnit {
  private final MongoAccount owner;
  private final Database database;
  private final String auth;
  private final Instant now;
  private final Map<Key, Op> ops = new LinkedHashMap<>();
  private final Map<Key, Optional<Document>> read = new HashMap<>();
  private final List<Change.RecordEvent> events = new ArrayList<>();
  private final Map<RatchetAddress, Optional<RatchetRecord>> ratchets = new HashMap<>();
  private final PlannedChats chats;
  private Owner row;
  private @Nullable AccountSeal newSeal;
  private boolean movesRatchets;

  private PlannedUnit(MongoAccount owner, Database database, Instant now) {
    this.owner = owner;
    this.database = database;
    this.auth = Names.auth(owner.account());
    this.now = now;
    this.row = owner.row();
    this.chats = new PlannedChats(owner.account(), now, new AsPlanned());
  }

  /// @throws StoreFailed.Conflict as the changes say
  /// @throws StoreFailed.Unreadable something it would replace or remove cannot be read
  static PlannedUnit of(MongoAccount owner, Database database, Instant now, UnitOfWork work)
      throws StoreFailed {
    var unit = new PlannedUnit(owner, database, now);
    unit.fetchMessages(work.changes());
    for (Change change : work.changes()) {
      unit.add(change);
    }
    return unit;
  }

  /// The ratchets that are different after the commit; an empty one was removed.
  Map<RatchetAddress, Optional<RatchetRecord>> ratchets() {
    return ratchets;
  }

  /// Whether it changes ratchets that [#ratchets] does not name.
  boolean movesRatchets() {
    return movesRatchets;
  }

  /// What opens the account's rows after the commit, if that changes.
  Optional<AccountSeal> newSeal() {
    return Optional.ofNullable(newSeal);
  }

  /// The account's row after the commit.
  Owner row() {
    return row;
  }

  /// Adds it to a batch. Runs on the writer's thread.
  List<RecordedEvent> write(Batch batch) throws StoreFailed {
    owner.requireOwnership(batch);
    var rows = new HashMap<Object, Object>();
    for (Op op : ops.values()) {
      batch.add(numbered(op, batch, rows));
    }
    if (!row.equals(owner.row())) {
      batch.put(Names.OWNERS, row.document(owner.account()));
    }
    var recorded = new ArrayList<RecordedEvent>(events.size());
    for (Change.RecordEvent event : events) {
      recorded.add(EventDocuments.record(batch, database, owner.account(), event));
    }
    return List.copyOf(recorded);
  }

  private static Op numbered(Op op, Batch batch, Map<Object, Object> rows) {
    if (op instanceof Op.Insert(var collection, var document)
        && collection.equals(Names.MESSAGES)) {
      long row = batch.nextMessage();
      rows.put(op.id(), row);
      return new Op.Insert(collection, new Document(document).append("row", row));
    }
    if (op instanceof Op.Put(var collection, var document)) {
      Object rowOf = document.get(PlannedChats.ROW_OF);
      if (rowOf != null) { // the message stands before it in the unit
        var chat = new Document(document).append("readRow", rows.getOrDefault(rowOf, 0L));
        chat.remove(PlannedChats.ROW_OF);
        return new Op.Put(collection, chat);
      }
    }
    return op;
  }

  private void add(Change change) throws StoreFailed {
    switch (change) {
      case Change.CreateCredentials(var credentials) -> {
        if (get(auth, AuthIds.CREDENTIALS).isPresent()) {
          throw new StoreFailed.Conflict("the account has credentials already");
        }
        putSealed(AuthIds.CREDENTIALS, seal().sealed(credentials));
      }
      case Change.UpdateCredentials(var credentials) -> {
        Optional<Document> before = get(auth, AuthIds.CREDENTIALS);
        if (before.isEmpty()) {
          throw new StoreFailed.Conflict("the account has no credentials to update");
        }
        seal().credentials(sealed(before.get()));
        putSealed(AuthIds.CREDENTIALS, seal().sealed(credentials));
      }
      case Change.PutRatchet(var address, var record) -> {
        requireReadableRatchet(address);
        ratchets.put(address, Optional.of(record));
        putSealed(PerDevice.RATCHETS.id(address), seal().sealed(address, record));
      }
      case Change.RemoveRatchet(var address) -> {
        requireReadableRatchet(address);
        ratchets.put(address, Optional.empty());
        bury(PerDevice.RATCHETS.id(address));
      }
      case Change.PutIdentity(var address, var key) -> {
        requireReadableIdentity(address);
        putSealed(PerDevice.IDENTITIES.id(address), seal().sealed(address, key));
      }
      case Change.RemoveIdentity(var address) -> {
        requireReadableIdentity(address);
        bury(PerDevice.IDENTITIES.id(address));
      }
      case Change.RemoveKeysOf(var user) -> removeKeysOf(user);
      case Change.AddPreKeys add -> addPreKeys(add);
      case Change.MarkPreKeysUploaded(var ids) -> {
        for (int id : ids) {
          markUploaded(id);
        }
      }
      case Change.RemovePreKey(int id) -> bury(AuthIds.preKey(id));
      case Change.MapLid(var pn, var lid) -> mapLid(pn, lid);
      case Change.PutDevices(var list) -> put(auth, DeviceDocuments.document(list));
      case Change.RemoveDevices(var user) -> remove(auth, AuthIds.devices(user));
      case Change.AddMessage(var message) -> addMessage(message);
      case Change.AdvanceMessage advance -> advance(advance);
      case Change.ReviseMessage(var message) -> revise(message);
      case Change.OfChats ofChats -> chats.apply(ofChats);
      case Change.RememberCiphertext(var sender, var id, var sha256) ->
          insert(
              Names.CIPHERTEXTS,
              new Document(
                      "_id", MessageDocuments.ciphertextId(owner.account(), sender, id, sha256))
                  .append("at", now.toEpochMilli()));
      case Change.RecordEvent event -> events.add(event);
      case Change.QuarantineKeys(var at) -> quarantine(at);
    }
  }

  private void requireReadableRatchet(RatchetAddress address) throws StoreFailed {
    if (ratchets.containsKey(address) || owner.hasCached(address)) {
      return;
    }
    Optional<Document> before = get(auth, PerDevice.RATCHETS.id(address));
    if (before.isPresent()) {
      seal().ratchet(address, sealed(before.get()));
    }
  }

  private void requireReadableIdentity(RatchetAddress address) throws StoreFailed {
    Optional<Document> before = get(auth, PerDevice.IDENTITIES.id(address));
    if (before.isPresent()) {
      seal().identity(address, sealed(before.get()));
    }
  }

  private void removeKeysOf(Jid of) throws StoreFailed {
    movesRatchets = true;
    for (Jid user : forms(of)) {
      for (PerDevice kind : PerDevice.values()) {
        for (Document row : range(kind.ofUser(user))) {
          requireReadable(kind, kind.address(user, row.getString("_id")), row);
          bury(row.getString("_id"));
        }
      }
    }
  }

  private void requireReadable(PerDevice kind, RatchetAddress address, Document row)
      throws StoreFailed {
    switch (kind) {
      case RATCHETS -> seal().ratchet(address, sealed(row));
      case IDENTITIES -> seal().identity(address, sealed(row));
    }
  }

  private void addPreKeys(Change.AddPreKeys add) throws StoreFailed {
    fetch(auth, add.keys().stream().map(key -> AuthIds.preKey(key.id())).toList());
    for (var key : add.keys()) {
      String id = AuthIds.preKey(key.id());
      if (get(auth, id).isPresent()) {
        throw new StoreFailed.Conflict("pre-key " + key.id() + " exists");
      }
      put(
          auth,
          new Document("_id", id)
              .append("uploaded", false)
              .append("sealed", new org.bson.types.Binary(seal().sealed(key))));
      int last = key.id();
      row = row.withNextPreKey(last == wildcat.protocol.ratchet.PreKey.MAX_ID ? 1 : last + 1);
    }
  }

  private void markUploaded(int id) throws StoreFailed {
    Optional<Document> key = get(auth, AuthIds.preKey(id));
    if (key.isPresent()) {
      put(auth, new Document(key.get()).append("uploaded", true));
    }
  }

  /// Sealed rows are opened and sealed again, because a row's address is part of its seal; nothing moves
  /// when one cannot be opened.
  private void mapLid(Jid pn, Jid lid) throws StoreFailed {
    movesRatchets = true;
    Optional<Document> formerLid = get(auth, AuthIds.lidOf(pn));
    if (formerLid.isPresent()) {
      remove(auth, AuthIds.pnOf(new Stored(formerLid.get()).jid("lid")));
    }
    Optional<Document> formerPn = get(auth, AuthIds.pnOf(lid));
    if (formerPn.isPresent()) {
      remove(auth, AuthIds.lidOf(new Stored(formerPn.get()).jid("pn")));
    }
    put(auth, new Document("_id", AuthIds.lidOf(pn)).append("lid", lid.toString()));
    put(auth, new Document("_id", AuthIds.pnOf(lid)).append("pn", pn.toString()));
    for (Jid user : forms(pn)) {
      for (PerDevice kind : PerDevice.values()) {
        for (Document moved : range(kind.ofUser(user))) {
          move(kind, kind.address(user, moved.getString("_id")), moved, lid);
        }
      }
    }
    moveDevices(pn, lid);
    renameChat(lid, pn);
    chats.rename(lid, pn);
  }

  private void move(PerDevice kind, RatchetAddress from, Document moved, Jid lid)
      throws StoreFailed {
    RatchetAddress to = from.under(lid);
    byte[] resealed =
        switch (kind) {
          case RATCHETS -> seal().sealed(to, seal().ratchet(from, sealed(moved)));
          case IDENTITIES -> seal().sealed(to, seal().identity(from, sealed(moved)));
        };
    if (get(auth, kind.id(to)).isEmpty()) {
      putSealed(kind.id(to), resealed);
    }
    bury(kind.id(from));
  }

  private void moveDevices(Jid pn, Jid lid) throws StoreFailed {
    Optional<Document> list = get(auth, AuthIds.devices(pn));
    if (list.isPresent()) {
      remove(auth, AuthIds.devices(pn));
      if (get(auth, AuthIds.devices(lid)).isEmpty()) {
        put(auth, DeviceDocuments.document(DeviceDocuments.list(pn, list.get()).of(lid)));
      }
    }
  }

  private void renameChat(Jid lid, Jid pn) throws StoreFailed {
    List<Document> moved = messages(eq("chatId", lid.toString()), "chatId", lid.toString());
    for (Document document : moved) {
      var archived = MessageDocuments.archived(document);
      ChatMessage before = archived.message();
      ChatMessage message = before.of(pn, before.sender().equals(lid) ? pn : before.sender());
      remove(Names.MESSAGES, Stored.id(document));
      if (get(Names.MESSAGES, MessageDocuments.id(owner.account(), message)).isEmpty()) {
        put(
            Names.MESSAGES,
            MessageDocuments.document(
                owner.account(),
                message,
                archived.storedAt(),
                archived.updatedAt(),
                archived.row()));
      }
    }
  }

  private void addMessage(ChatMessage message) throws StoreFailed {
    if (get(Names.MESSAGES, MessageDocuments.id(owner.account(), message)).isEmpty()) {
      put(Names.MESSAGES, MessageDocuments.document(owner.account(), message, now, now, 0));
    }
  }

  private void advance(Change.AdvanceMessage change) throws StoreFailed {
    List<Document> sent =
        messages(
            and(eq("messageId", change.id().value()), eq("chatId", change.chat().toString())),
            "messageId",
            change.id().value());
    for (Document document : sent) {
      ChatMessage message = MessageDocuments.message(document);
      if (!message.fromMe() || !message.chat().equals(change.chat())) {
        continue;
      }
      boolean forward = change.status().follows(message.status());
      ChatMessage next =
          (forward ? message.withStatus(change.status()) : message)
              .withTimestamp(change.timestamp().orElse(message.timestamp()));
      if (!next.equals(message)) {
        replace(document, next);
      }
    }
  }

  private void revise(ChatMessage message) throws StoreFailed {
    Optional<Document> stored = get(Names.MESSAGES, MessageDocuments.id(owner.account(), message));
    if (stored.isPresent()) {
      ChatMessage before = MessageDocuments.message(stored.get());
      var revised =
          new ChatMessage(
              before.chat(),
              before.id(),
              before.sender(),
              before.fromMe(),
              before.timestamp(),
              before.pushName(),
              before.type(),
              message.text(),
              message.quote(),
              message.mentions(),
              message.forwarded(),
              before.status(),
              before.origin(),
              message.content(),
              message.marks());
      replace(stored.get(), revised);
    }
  }

  private void replace(Document stored, ChatMessage next) throws StoreFailed {
    var fields = new Stored(stored);
    put(
        Names.MESSAGES,
        MessageDocuments.document(
            owner.account(), next, fields.time("createdAt"), now, fields.number("row")));
  }

  /// The account's messages of `filter` as they are after the changes so far, of which those count whose
  /// `field` has `value`.
  private List<Document> messages(Bson filter, String field, String value) throws StoreFailed {
    var found = new LinkedHashMap<Object, Document>();
    var stored =
        database.find(
            new Database.Query(
                Names.MESSAGES,
                and(eq("accountId", owner.account().value()), filter, gt("row", 0L)),
                new Document("row", 1),
                0,
                0));
    stored.forEach(document -> found.put(Stored.id(document), document));
    for (Op op : ops.values()) {
      if (op.collection().equals(Names.MESSAGES)) {
        found.remove(op.id());
        op.after()
            .filter(document -> value.equals(document.get(field)))
            .ifPresent(document -> found.put(op.id(), document));
      }
    }
    return List.copyOf(found.values());
  }

  /// Everything sealed goes aside as it is, the wrapped data key with it. What follows in the unit is sealed
  /// with the new data key, and nothing is there that it could replace.
  private void quarantine(Instant at) throws StoreFailed {
    String prefix = owner.account() + "/" + at.toEpochMilli() + "/" + ops.size() + "/";
    for (String kind : AuthIds.SECRETS) {
      for (Document secret : range(kind)) {
        String id = secret.getString("_id");
        insert(
            Names.QUARANTINE, quarantined(prefix + id, at).append("sealed", secret.get("sealed")));
        bury(id);
      }
    }
    for (Document devices : range(AuthIds.devices())) {
      remove(auth, Stored.id(devices));
    }
    row.dataKey()
        .ifPresent(key ->
            insert(
                Names.QUARANTINE,
                quarantined(prefix + "data-key", at).append("sealed", Stored.binary(key))));
    MongoAccount.DataKey next = owner.newDataKey();
    newSeal = next.seal();
    movesRatchets = true;
    ratchets.clear();
    row = row.withDataKey(next.wrapped());
  }

  private Document quarantined(String id, Instant at) {
    return new Document("_id", id)
        .append("account", owner.account().value())
        .append("at", at.toEpochMilli());
  }

  /// The user, and the same user as hosted devices have him.
  private static List<Jid> forms(Jid user) {
    String hosted = user.isLid() ? Jid.HOSTED_LID_SERVER : Jid.HOSTED_SERVER;
    return List.of(Jid.of(user.user(), user.server()), Jid.of(user.user(), hosted));
  }

  private AccountSeal seal() throws StoreFailed {
    return newSeal == null ? owner.seal() : newSeal;
  }

  static byte[] sealed(Document document) throws StoreFailed.Unreadable {
    return new Stored(document).bytes("sealed").toArray();
  }

  private void putSealed(String id, byte[] sealed) {
    put(auth, new Document("_id", id).append("sealed", new org.bson.types.Binary(sealed)));
  }

  /// A message that has no number yet is a new one, whatever was changed of it since.
  private void put(String collection, Document document) {
    boolean added =
        collection.equals(Names.MESSAGES) && Long.valueOf(0).equals(document.get("row"));
    Op op = added ? new Op.Insert(collection, document) : new Op.Put(collection, document);
    ops.put(Key.of(op), op);
  }

  private void insert(String collection, Document document) {
    Op op = new Op.Insert(collection, document);
    ops.put(Key.of(op), op);
  }

  private void remove(String collection, Object id) {
    Op op = new Op.Remove(collection, id);
    ops.put(Key.of(op), op);
  }

  /// Removes a secret, and leaves its name: so a write of it that comes late from a process that no longer
  /// owns the account finds something newer, and does not bring it back.
  private void bury(String id) throws StoreFailed {
    if (get(auth, id).isPresent()) {
      put(auth, new Document("_id", id).append("gone", now.toEpochMilli()));
    }
  }

  private Optional<Document> get(String collection, Object id) throws StoreFailed {
    var key = new Key(collection, id);
    Op changed = ops.get(key);
    if (changed != null) {
      return changed.after().flatMap(PlannedUnit::alive);
    }
    Optional<Document> known = read.get(key);
    if (known == null) {
      known = database.first(collection, eq("_id", id)).flatMap(PlannedUnit::alive);
      read.put(key, known);
    }
    return known;
  }

  static Optional<Document> alive(Document document) {
    return document.containsKey("gone") ? Optional.empty() : Optional.of(document);
  }

  private void fetchMessages(List<Change> changes) throws StoreFailed {
    var ids = new ArrayList<String>();
    for (Change change : changes) {
      if (change instanceof Change.AddMessage(var message)) {
        ids.add(MessageDocuments.id(owner.account(), message));
      }
    }
    fetch(Names.MESSAGES, ids);
  }

  private void fetch(String collection, List<String> ids) throws StoreFailed {
    if (ids.size() < 2) {
      return; // it is read when it is needed
    }
    ids.forEach(id -> read.put(new Key(collection, id), Optional.empty()));
    for (Document document :
        database.find(
            new Database.Query(collection, DocumentCache.ids(ids), new Document("_id", 1), 0, 0))) {
      read.put(new Key(collection, Stored.id(document)), alive(document));
    }
  }

  /// The living documents of the account whose names begin so, after the changes so far.
  private List<Document> range(String prefix) throws StoreFailed {
    return range(auth, prefix);
  }

  private List<Document> range(String collection, String prefix) throws StoreFailed {
    var found = new LinkedHashMap<Object, Document>();
    for (Document document :
        database.find(
            new Database.Query(collection, AuthIds.range(prefix), new Document("_id", 1), 0, 0))) {
      found.put(Stored.id(document), document);
    }
    for (Op op : ops.values()) {
      if (op.collection().equals(collection) && op.id().toString().startsWith(prefix)) {
        found.remove(op.id());
        op.after().ifPresent(document -> found.put(op.id(), document));
      }
    }
    return found.values().stream().flatMap(document -> alive(document).stream()).toList();
  }

  /// The documents as they are after the changes so far.
  private final class AsPlanned implements PlannedChats.Documents {
    @Override
    public Optional<Document> get(String collection, Object id) throws StoreFailed {
      return PlannedUnit.this.get(collection, id);
    }

    @Override
    public List<Document> messages(Jid chat, String id) throws StoreFailed {
      return PlannedUnit.this
          .messages(and(eq("messageId", id), eq("chatId", chat.toString())), "messageId", id)
          .stream()
          .filter(document -> chat.toString().equals(document.get("chatId")))
          .toList();
    }

    @Override
    public List<Document> receipts(String prefix) throws StoreFailed {
      return PlannedUnit.this.range(Names.RECEIPTS, prefix);
    }

    @Override
    public void put(String collection, Document document) {
      PlannedUnit.this.put(collection, document);
    }

    @Override
    public void remove(String collection, Object id) {
      PlannedUnit.this.remove(collection, id);
    }
  }
}
