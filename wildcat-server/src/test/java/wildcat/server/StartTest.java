package wildcat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.store.Store;

class StartTest {
  @TempDir Path folder;

  @Test
  void aTakenPortIsNamedAndEverythingIsClosedAgain() throws Exception {
    try (var first = new TestServer(folder)) {
      String port = Integer.toString(first.address().getPort());
      var opened = new java.util.concurrent.atomic.AtomicReference<Store>();
      assertThatThrownBy(() ->
              new TestServer(
                  folder.resolve("second"),
                  Map.of("PORT", port),
                  store -> {
                    opened.set(store);
                    return store;
                  }))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on 127.0.0.1:" + port + ": Address already in use");
      assertThat(opened.get()).isNotNull();
      assertThat(first.get("/ping").status()).isEqualTo(200);
    }
  }

  @Test
  void theWelcomeSaysWhereTheKeyIsAndShowsItToATerminalOnly() throws Exception {
    try (var server = new TestServer(folder)) {
      assertThat(welcome(server, false))
          .contains("Wildcat listens on " + server.address())
          .contains("admin.key")
          .contains("./wildcat account create")
          .doesNotContain(server.adminKey());
      assertThat(welcome(server, true)).contains(server.adminKey());
      server.restart();
      assertThat(welcome(server, true))
          .contains("The administrator's key is in ")
          .doesNotContain(server.adminKey());
    }
  }

  @Test
  void withoutKeysTheWelcomeWarns() throws Exception {
    try (var server = new TestServer(folder, Map.of("WILDCAT_INSECURE_NO_AUTH", "true"))) {
      assertThat(welcome(server, true)).contains("Authentication is OFF");
    }
  }

  @Test
  void afterCloseNobodyListensAndClosingTwiceIsNoHarm() throws Exception {
    var server = new TestServer(folder);
    int port = server.address().getPort();
    server.close();
    server.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static String welcome(TestServer server, boolean terminal) {
    var bytes = new ByteArrayOutputStream();
    Main.welcome(new PrintStream(bytes, true, UTF_8), server.config, server.server(), terminal);
    return bytes.toString(UTF_8);
  }
}
