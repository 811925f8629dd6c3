package wildcat.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import wildcat.api.Json;

class LogFilesTest {
  @TempDir Path folder;

  @AfterEach
  void quiet() {
    LogFiles.context().reset();
    LogFiles.context().getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.OFF);
  }

  @Test
  void linesAreJsonInTheFileOfTheirKind() throws Exception {
    LogFiles.start(folder, LogLevel.INFO, false);
    LoggerFactory.getLogger("wildcat.server.webhook.Endpoint")
        .atWarn()
        .addKeyValue("account", "mine")
        .addKeyValue("attempt", 3)
        .log("webhook_send_failed: {}", "answered 500 to 4915112345678");
    LoggerFactory.getLogger("wildcat.http").atInfo().addKeyValue("status", 200).log("http_request");
    LoggerFactory.getLogger("wildcat.client.session.Session").info("connected");

    JsonNode app = only("app.log");
    assertThat(app.get("ts").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3}Z");
    assertThat(app.get("level").textValue()).isEqualTo("warn");
    assertThat(app.get("message").textValue())
        .isEqualTo("webhook_send_failed: answered 500 to ***");
    assertThat(app.get("context").textValue()).isEqualTo("webhook");
    assertThat(app.get("account").textValue()).isEqualTo("mine");
    assertThat(app.get("attempt").intValue()).isEqualTo(3);
    JsonNode http = only("http.log");
    assertThat(http.get("message").textValue()).isEqualTo("http_request");
    assertThat(http.get("status").intValue()).isEqualTo(200);
    assertThat(http.has("context")).isFalse();
    assertThat(only("whatsapp.log").get("context").textValue()).isEqualTo("session");
  }

  @Test
  void exceptionsAreNamedWithScrubbedMessages() throws Exception {
    LogFiles.start(folder, LogLevel.INFO, false);
    LoggerFactory.getLogger("wildcat.server.X")
        .atError()
        .setCause(new IllegalStateException("cannot send to 4915112345678@s.whatsapp.net"))
        .log("request_failed");
    String error = only("app.log").get("error").textValue();
    assertThat(error)
        .startsWith("java.lang.IllegalStateException: cannot send to ***@***\n  at ")
        .doesNotContain("4915112345678");
  }

  @Test
  void debugDoesNotMakeLibrariesPrintHeadersAndBodies() throws Exception {
    LogFiles.start(folder, LogLevel.DEBUG, false);
    for (String name :
        List.of(
            "org.apache.hc.client5.http.wire", "org.eclipse.jetty.server", "io.netty.handler")) {
      assertThat(LoggerFactory.getLogger(name).isInfoEnabled()).as(name).isFalse();
    }
    assertThat(LoggerFactory.getLogger("wildcat.server.X").isDebugEnabled()).isTrue();
  }

  @Test
  void theLevelIsKept() throws Exception {
    LogFiles.start(folder, LogLevel.WARN, false);
    LoggerFactory.getLogger("wildcat.server.X").info("not wanted");
    assertThat(Files.readString(folder.resolve("app.log"))).isEmpty();
  }

  private JsonNode only(String file) throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve(file));
    assertThat(lines).as(file).hasSize(1);
    return Json.shared().readTree(lines.getFirst());
  }
}
