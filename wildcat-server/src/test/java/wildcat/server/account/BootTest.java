package wildcat.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.AccountState.Status;
import wildcat.client.message.OutgoingContent;
import wildcat.client.session.NotConnected;
import wildcat.client.store.StoreFailed;
import wildcat.server.Eventually;
import wildcat.server.FakeAccounts;
import wildcat.server.TestServer;

/// What a restart does to accounts.
class BootTest {
  @TempDir Path folder;
  private @Nullable TestServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private TestServer open(Map<String, String> settings) throws Exception {
    var opened = new TestServer(folder, settings);
    server = opened;
    return opened;
  }

  @Test
  void linkedAccountsComeBackAndOthersDoNot() throws Exception {
    TestServer server = open(Map.of());
    server.connected("linked");
    server.post("/accounts", "{\"id\":\"never\"}");
    server.connected("gone").become(Status.LOGGED_OUT);
    server.connected("stopped");
    server.post("/accounts/stopped/disconnect");
    server.accounts.of("gone"); // its link is dropped below, as the client drops it
    stored(server, "gone", "logged_out");
    server.accounts.markUnlinked("gone");

    server.restart();
    server.time.advance(Duration.ofSeconds(1));
    Eventually.until("linked is connected", () -> status(server, "linked").equals("connected"));
    Eventually.until("all are decided", () -> !status(server, "never").equals("connecting"));
    assertThat(status(server, "never")).isEqualTo("created");
    assertThat(status(server, "gone")).isEqualTo("logged_out");
    assertThat(status(server, "stopped")).isEqualTo("disconnected");
    assertThat(server.get("/accounts/gone/status").json().get("status").textValue())
        .isEqualTo("logged_out");
    assertThat(server.accounts.isOpen("stopped")).isFalse();
  }

  @Test
  void autoConnectOnStartStartsThoseThatWereNeverLinkedToo() throws Exception {
    TestServer server = open(Map.of("AUTO_CONNECT_ON_START", "true"));
    server.post("/accounts", "{\"id\":\"never\"}");
    server.restart();
    server.time.advance(Duration.ofSeconds(1));
    Eventually.until("it runs", () -> server.accounts.isOpen("never"));
    Eventually.until("it connects", () -> server.accounts.of("never").connects.get() == 1);
  }

  @Test
  void startsArePaced() throws Exception {
    TestServer server = open(Map.of("WILDCAT_STARTS_PER_SECOND", "2"));
    for (int i = 0; i < 6; i++) {
      server.connected("a" + i);
    }
    server.restart();
    assertThat(server.get("/accounts/a0").json().get("account").get("currentStatus").textValue())
        .isEqualTo("connecting"); // its turn will come
    server.time.advance(Duration.ofMillis(900));
    Eventually.until("two have started", () -> started(server) == 2);
    server.time.advance(Duration.ofMillis(100));
    Eventually.until("the third has started", () -> started(server) == 3);
    server.time.advance(Duration.ofSeconds(2));
    Eventually.until("all have started", () -> started(server) == 6);
  }

  @Test
  void unreadableKeysAreAStateAndTouchNobodyElse() throws Exception {
    TestServer server = open(Map.of());
    server.connected("broken");
    server.connected("fine");
    server.accounts.breakOpening("broken", new StoreFailed.Unreadable("damaged"));
    server.restart();
    server.time.advance(Duration.ofSeconds(1));
    Eventually.until("fine is connected", () -> status(server, "fine").equals("connected"));
    Eventually.until("broken says so", () -> status(server, "broken").equals("key_error"));
    assertThat(server.get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void aStoreThatIsAwayIsTriedAgain() throws Exception {
    TestServer server = open(Map.of());
    server.connected("a");
    server.accounts.breakOpening(
        "a", new StoreFailed.Unavailable("away", new java.io.IOException()));
    server.restart();
    server.time.advance(Duration.ofSeconds(1));
    Eventually.until("it is stopped", () -> status(server, "a").equals("disconnected"));
    server.accounts.mendOpening("a");
    server.time.advance(Duration.ofSeconds(30));
    Eventually.until("it is back", () -> status(server, "a").equals("connected"));
  }

  @Test
  void aDeletedAccountDoesNotComeBack() throws Exception {
    TestServer server = open(Map.of("WILDCAT_STARTS_PER_SECOND", "1"));
    server.connected("a");
    server.connected("b");
    server.restart();
    server.delete("/accounts/a"); // before its turn
    server.delete("/accounts/b");
    server.time.advance(Duration.ofSeconds(5));
    server.restart();
    server.time.advance(Duration.ofSeconds(5));
    assertThat(server.get("/accounts").text()).isEqualTo("{\"ok\":true,\"accounts\":[]}");
    assertThat(server.accounts.isOpen("a")).isFalse();
  }

  @Test
  void theAdministratorIsToldOncePerLink() throws Exception {
    TestServer server = open(Map.of("ADMIN_NUMBER", "+49 151 9999999"));
    FakeAccounts.One one = server.connected("a");
    Eventually.until("told", () -> one.sent.size() == 1);
    assertThat(one.sent.getFirst().to().toString()).isEqualTo("491519999999@s.whatsapp.net");
    assertThat(one.sent.getFirst().content())
        .isEqualTo(new OutgoingContent.Text("\u2705 Account a connected successfully!"));
    Eventually.until("remembered", () -> row(server).contains("\"announced\":true"));
    one.become(Status.RECONNECTING);
    one.become(Status.CONNECTED);
    stored(server, "a", "connected");
    assertThat(one.sent).hasSize(1);

    server.restart();
    server.time.advance(Duration.ofSeconds(1));
    Eventually.until("it is back", () -> status(server, "a").equals("connected"));
    FakeAccounts.One again = server.accounts.of("a");
    again.become(Status.CONNECTED);
    stored(server, "a", "connected");
    assertThat(again.sent).isEmpty();
    again.link(); // linked anew
    Eventually.until("told again", () -> again.sent.size() == 1);
  }

  @Test
  void anAnnouncementThatFailedIsMadeAtTheNextConnect() throws Exception {
    TestServer server = open(Map.of("ADMIN_NUMBER", "491519999999"));
    server.post("/accounts", "{\"id\":\"a\"}");
    FakeAccounts.One one = server.accounts.of("a");
    one.failure = new NotConnected("too early");
    one.link();
    stored(server, "a", "connected");
    one.failure = null;
    Eventually.until(
        "told",
        () -> {
          one.become(Status.CONNECTED);
          return one.sent.size() == 1;
        });
  }

  @Test
  void theLastStatusIsStored() throws Exception {
    TestServer server = open(Map.of());
    server.connected("a").become(Status.BANNED, "too many messages");
    stored(server, "a", "banned");
    assertThat(row(server)).contains("\"reason\":\"too many messages\"");
  }

  private static String row(TestServer server) throws Exception {
    return server.store.records().get("accounts", "a").orElseThrow().utf8();
  }

  private static void stored(TestServer server, String account, String status) throws Exception {
    Eventually.until(
        account + " is stored as " + status,
        () ->
            server
                .store
                .records()
                .get("accounts", account)
                .orElseThrow()
                .utf8()
                .contains("\"status\":\"" + status + "\""));
  }

  private static String status(TestServer server, String account) throws Exception {
    return server.get("/v1/accounts/" + account + "/status").json().get("status").textValue();
  }

  private static int started(TestServer server) throws Exception {
    int started = 0;
    for (int i = 0; i < 6; i++) {
      if (server.accounts.isOpen("a" + i)) {
        started++;
      }
    }
    return started;
  }
}
