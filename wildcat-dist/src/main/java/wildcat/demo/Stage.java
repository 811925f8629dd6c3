package wildcat.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiKey;
import wildcat.cli.rest.Place;
import wildcat.client.store.StoreFailed;
import wildcat.server.WildcatServer;
import wildcat.server.config.Config;
import wildcat.server.config.ConfigReader;
import wildcat.server.config.InvalidConfig;
import wildcat.server.log.LogFiles;
import wildcat.simulator.Settings;
import wildcat.simulator.Simulator;

/// What the demo runs on: a simulator and a server that takes it for WhatsApp, in a temporary folder that is deleted
/// at the end. The server is set up as anybody would, through its variables.
final class Stage implements AutoCloseable {
  private static final int WANTED_PORT = 3000;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Path data;
  private final Simulator simulator;
  private final WildcatServer server;
  private volatile boolean keep;

  private Stage() throws IOException, DemoFailed, InterruptedException {
    boolean started = false;
    try {
      data = Files.createTempDirectory("wildcat-demo-");
      open.push(this::deleteData);
      simulator = Simulator.start(Settings.defaults());
      open.push(simulator);
      var config = config();
      LogFiles.start(config.logs().folder(), config.logs().level(), false);
      server = WildcatServer.start(config);
      open.push(server);
      started = true;
    } catch (InvalidConfig | StoreFailed e) {
      throw new DemoFailed("the server does not start", e);
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /// @throws IOException a port cannot be bound, or there is no place for the data
  static Stage start() throws IOException, DemoFailed, InterruptedException {
    return new Stage();
  }

  private Config config() throws InvalidConfig, IOException {
    var variables =
        Map.of(
            "HOST", "127.0.0.1",
            "PORT", Integer.toString(isFree(WANTED_PORT) ? WANTED_PORT : 0),
            "WILDCAT_DATA", data.toString(),
            "WILDCAT_LOGS", data.resolve("logs").toString(),
            "WILDCAT_EGRESS_ALLOW", "127.0.0.0/8",
            "WILDCAT_WHATSAPP_URL", simulator.webSocket().toString(),
            "WILDCAT_WHATSAPP_ROOT_KEY", simulator.root().bytes().hex());
    return ConfigReader.read(List.of(), variables, data);
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  Simulator simulator() {
    return simulator;
  }

  URI url() {
    return server.address();
  }

  Path data() {
    return data;
  }

  /// The line for a shell that puts the key into `KEY`, as the curl lines want it.
  String keyLine() {
    return "KEY=$(cat " + Call.quoted(keyFile().toString()) + ")";
  }

  private Path keyFile() {
    return data.resolve("admin.key");
  }

  /// The server as its administrator calls it.
  Api api(Duration limit) throws IOException {
    var key = new ApiKey(Files.readString(keyFile(), US_ASCII).strip(), keyFile().toString());
    return new Api(new Place(url(), Optional.of(key)), limit);
  }

  /// How long this JVM has been running.
  Duration sinceStart() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  /// Leaves the data folder where it is, so that somebody can look what went wrong.
  ///
  /// @return the folder of the logs
  Path keepLogs() {
    keep = true;
    return data.resolve("logs");
  }

  private void deleteData() throws IOException {
    if (keep) {
      return;
    }
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /// Closes what is open, the last first. Called again it does nothing.
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        System.err.println("wildcat demo: closing: " + e);
      }
    }
  }
}
