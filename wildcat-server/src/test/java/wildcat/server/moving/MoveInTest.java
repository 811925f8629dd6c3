package wildcat.server.moving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.Store;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.jid.Jid;
import wildcat.server.store.AccountRow;
import wildcat.server.store.Rows;
import wildcat.server.store.WebhookRow;
import wildcat.server.webhook.EventJournal;
import wildcat.store.mongodb.FormerDatabase;

/// The database of Wildcat 2, as its code writes it (commit 5691a39: mongoAuthState.js, accountManager.js,
/// socketManager.js), and a folder of Baileys.
class MoveInTest {
  private static final AccountId SALES = new AccountId("sales");
  private static final Instant CREATED = Instant.parse("2025-03-04T05:06:07Z");

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private final Store store =
      new InMemoryStore(new EventJournal(new Random(1)), InstantSource.system());
  private final Rows<AccountRow> accounts =
      new Rows<>(store.records(), "accounts", AccountRow.class);
  private final MoveIn moving =
      new MoveIn(store, InstantSource.system(), new Random(2), Curve.standard(), told::add);
  private MongoServer server;
  private MongoClient client;
  private MongoDatabase former;

  @BeforeEach
  void startMongo() {
    server = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
    server.bind();
    client = MongoClients.create(server.getConnectionString());
    former = client.getDatabase("wildcat");
  }

  @AfterEach
  void stopMongo() {
    client.close();
    server.shutdownNow();
  }

  private int moveIn() throws Exception {
    try (var database = FormerDatabase.open(server.getConnectionString(), Optional.empty())) {
      return moving.database(database);
    }
  }

  private void formerAccount(String id, String status, ObjectNode state) {
    former
        .getCollection("accounts")
        .insertOne(
            new Document("_id", id)
                .append("name", "Sales")
                .append("collectionName", "auth_" + id)
                .append("createdAt", CREATED)
                .append("status", status));
    state
        .properties()
        .forEach(entry ->
            former
                .getCollection("auth_" + id)
                .insertOne(
                    Document.parse(FormerState.spread(entry.getValue()).toString())
                        .append("_id", entry.getKey())));
  }

  private static Document message(String id, boolean fromMe, String type, @Nullable String text) {
    return new Document("accountId", "sales")
        .append("messageId", id)
        .append("chatId", "15550000002@s.whatsapp.net")
        .append("from", "15550000002@s.whatsapp.net")
        .append("fromMe", fromMe)
        .append("timestamp", 1_700_000_000)
        .append("type", type)
        .append("text", text)
        .append("hasMedia", !type.equals("text"))
        .append("quotedMessage", null)
        .append("mentions", List.of())
        .append("rawMessage", new Document("pushName", "Bob"))
        .append("createdAt", CREATED);
  }

  @Test
  void anAccountOfTheDatabaseIsLinkedHere() throws Exception {
    formerAccount("sales", "connected", FormerState.baileys());

    assertThat(moveIn()).isZero();
    AccountRow row = accounts.get("sales").orElseThrow();
    assertThat(row.name()).isEqualTo("Sales");
    assertThat(row.createdAt()).isEqualTo("2025-03-04T05:06:07.000Z");
    assertThat(row.status()).isEqualTo("disconnected");
    assertThat(row.stopped()).isFalse();
    assertThat(store.open(SALES).credentials().orElseThrow().linked()).isPresent();
    assertThat(store.open(SALES).lidOf(Jid.pn("15550000002"))).contains(Jid.lid("100000000000002"));
    assertThat(told).containsExactly("sales: linked as before; 4 sessions, 4 pre-keys");
  }

  @Test
  void whatIsHereAlreadyIsLeftAsItIs() throws Exception {
    formerAccount("sales", "connected", FormerState.baileys());
    moveIn();
    var credentials = store.open(SALES).credentials();
    former.getCollection("auth_sales").deleteMany(new Document());
    told.clear();

    assertThat(moveIn()).isZero();
    assertThat(store.open(SALES).credentials()).isEqualTo(credentials);
    assertThat(told).containsExactly("sales: is here already and was left as it is");
  }

  @Test
  void messagesComeWithTextQuoteAndMentions() throws Exception {
    formerAccount("sales", "connected", FormerState.baileys());
    former
        .getCollection("messages")
        .insertMany(
            List.of(
                message("M1", false, "text", "hello")
                    .append("mentions", List.of("15550000003@s.whatsapp.net"))
                    .append(
                        "quotedMessage",
                        new Document("messageId", "Q1")
                            .append("participant", "15550000001@s.whatsapp.net")
                            .append("text", "what?")
                            .append("hasMedia", false)),
                message("M2", true, "text", "hi")
                    .append("quotedMessage", "M1")
                    .append(
                        "timestamp",
                        new Document("low", 1_700_000_001)
                            .append("high", 0)
                            .append("unsigned", true)),
                message("M3", false, "image", null).append("caption", "look"),
                message("M4", false, "text", null),
                message("M1", false, "text", "hello"),
                message("M5", false, "text", "of another").append("accountId", "other")));
    moveIn();

    assertThat(store.messages().find(MessageQuery.all(10, 0).of(SALES)))
        .extracting(ArchivedMessage::message)
        .extracting(stored -> stored.id() + " " + stored.type() + " " + stored.text())
        .containsExactly("M2 text hi", "M3 image look", "M1 text hello");
    ChatMessage first = store.messages().byId(SALES, new MessageId("M1")).orElseThrow().message();
    assertThat(first.sender()).isEqualTo(Jid.pn("15550000002"));
    assertThat(first.pushName()).isEqualTo("Bob");
    assertThat(first.timestamp()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(first.status()).isEqualTo(MessageStatus.RECEIVED);
    assertThat(first.mentions()).containsExactly(Jid.pn("15550000003"));
    assertThat(first.quote())
        .contains(new Quote(new MessageId("Q1"), Jid.pn("15550000001"), "what?", false));
    ChatMessage ours = store.messages().byId(SALES, new MessageId("M2")).orElseThrow().message();
    assertThat(ours.sender()).isEqualTo(Jid.pn("15550000001"));
    assertThat(ours.fromMe()).isTrue();
    assertThat(ours.status()).isEqualTo(MessageStatus.SENT);
    assertThat(ours.timestamp()).isEqualTo(Instant.ofEpochSecond(1_700_000_001));
    assertThat(ours.quote().orElseThrow().id()).isEqualTo(new MessageId("M1"));
    assertThat(told).contains("sales: 4 messages, 1 without content left");
  }

  @Test
  void manyMessagesComeInPages() throws Exception {
    formerAccount("sales", "connected", FormerState.baileys());
    var many = new ArrayList<Document>();
    for (int i = 0; i < 1_203; i++) {
      many.add(message("M" + i, false, "text", "text " + i));
    }
    former.getCollection("messages").insertMany(many);
    moveIn();

    assertThat(store.messages().count(MessageQuery.all(1, 0).of(SALES))).isEqualTo(1_203);
  }

  @Test
  void anAccountThatWasLoggedOutComesWithoutItsDeadKeys() throws Exception {
    formerAccount("sales", "logged_out", FormerState.baileys());

    assertThat(moveIn()).isZero();
    assertThat(accounts.get("sales").orElseThrow().status()).isEqualTo("logged_out");
    assertThat(store.open(SALES).credentials()).isEmpty();
  }

  @Test
  void anAccountWithDamagedCredentialsIsNotHalfImportedAndOthersAre() throws Exception {
    ObjectNode damaged = FormerState.baileys();
    ((ObjectNode) damaged.path("creds")).remove("noiseKey");
    formerAccount("sales", "connected", damaged);
    formerAccount("support", "connected", FormerState.baileys());

    assertThat(moveIn()).isEqualTo(1);
    assertThat(accounts.all()).containsOnlyKeys("support");
    assertThat(store.open(SALES).credentials()).isEmpty();
    assertThat(told)
        .anyMatch(line -> line.startsWith("sales: not imported, because creds.noiseKey"));
  }

  @Test
  void webhooksComeOnceEach() throws Exception {
    for (String url :
        List.of("https://a.example/h", "https://b.example/h", "https://a.example/h")) {
      former
          .getCollection("webhooks")
          .insertOne(new Document("url", url).append("createdAt", CREATED));
    }
    moveIn();
    moveIn();

    assertThat(
            new Rows<>(store.records(), "webhooks", WebhookRow.class)
                .all().values().stream().map(row -> row.url() + " " + row.legacy()))
        .containsExactlyInAnyOrder("https://a.example/h true", "https://b.example/h true");
  }

  @Test
  void theFolderOfBaileysIsReadAsItWritesIt() throws Exception {
    for (var entry : FormerState.baileys().properties()) {
      // as its fixFileName does
      String name = entry.getKey().replace("/", "__").replace(":", "-");
      Files.writeString(folder.resolve(name + ".json"), entry.getValue().toString());
    }

    assertThat(moving.folder(folder, SALES, "Ann")).isTrue();
    assertThat(accounts.get("sales").orElseThrow().name()).isEqualTo("Ann");
    assertThat(store.open(SALES).credentials().orElseThrow().linked()).isPresent();
    assertThat(store.open(SALES).preKeyStock().uploaded()).isEqualTo(4);
    assertThat(told).containsExactly("sales: linked as before; 4 sessions, 4 pre-keys");
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws Exception {
    assertThat(moving.folder(folder, SALES, "")).isFalse();
    assertThat(accounts.all()).isEmpty();
    assertThat(told).singleElement().asString().contains("creds.json");
  }
}
