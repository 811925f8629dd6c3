package wildcat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.session.Rejected;
import wildcat.server.Hook.Behaviour;
import wildcat.server.log.LogFiles;
import wildcat.server.log.LogLevel;

/// Secrets and content do not get into the logs, whatever goes on.
class LeakTest {
  private static final String NUMBER = "4915112340000";

  @TempDir Path folder;

  @AfterEach
  void quiet() throws Exception {
    LogFiles.start(folder, LogLevel.OFF, false);
  }

  @Test
  void aDaysWorkLeavesNoContentKeysOrNumbersInTheLogs() throws Exception {
    Path logs = folder.resolve("logs");
    LogFiles.start(logs, LogLevel.TRACE, false);
    String secret;
    String key;
    try (var server = new TestServer(folder);
        var hook = new Hook()) {
      key = server.adminKey();
      secret =
          server
              .post("/v1/webhooks", "{\"url\":\"" + hook.url("/h?token=canary-token") + "\"}")
              .json()
              .get("secret")
              .textValue();
      server.post("/accounts", "{\"id\":\"a\"}");
      server.accounts.of("a").show("2@canary-code", Duration.ofMinutes(1));
      server.get("/v1/accounts/a/qr");
      FakeAccounts.One one = server.accounts.of("a");
      one.link();
      server.post(
          "/accounts/a/message/send", "{\"to\":\"" + NUMBER + "\",\"message\":\"canary-text\"}");
      one.failure = new Rejected(463, "");
      server.post(
          "/accounts/a/message/send", "{\"to\":\"" + NUMBER + "\",\"message\":\"canary-text\"}");
      hook.behave(Behaviour.ERROR);
      one.receive(Events.message(NUMBER + "@s.whatsapp.net", "M1", "canary-text", Origin.LIVE));
      hook.next(2);
      server.get("/accounts/a/chats/" + NUMBER + "@s.whatsapp.net/messages");
      server.get("/messages?accountId=" + NUMBER);
      server.post("/v1/webhooks", "{\"canary-text\": ");
      server.get("/" + NUMBER);
    }
    for (String file : new String[] {"app.log", "http.log", "whatsapp.log"}) {
      assertThat(Files.readString(logs.resolve(file)))
          .doesNotContain("canary")
          .doesNotContain(NUMBER)
          .doesNotContain(secret)
          .doesNotContain(key.substring(12))
          .doesNotContain("Bearer");
    }
    assertThat(Files.readString(logs.resolve("app.log"))).contains("account_connected");
    assertThat(Files.readString(logs.resolve("http.log"))).contains("/chats/#@s.whatsapp.net");
  }
}
