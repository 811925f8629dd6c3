package wildcat.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.Simulator;
import wildcat.simulator.phone.LinkedDevice;

/// Baileys in Node.js, driven over its standard input and output: `bench/baileys/bench.mjs`.
final class BaileysProcess implements Subject {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Where it keeps credentials, ratchets and pre-keys.
  enum State {
    MEMORY,
    FILES
  }

  private final Simulator simulator;
  private final State state;
  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private final double secondsToStart;
  private @org.jspecify.annotations.Nullable LinkedDevice first;

  /// Starts it and waits until its modules are loaded.
  BaileysProcess(Simulator simulator, Path root, Path folder, State state) throws IOException {
    this.simulator = simulator;
    this.state = state;
    var builder =
        new ProcessBuilder(
            List.of(
                "node",
                "--expose-gc",
                root.resolve("bench/baileys/bench.mjs").toString(),
                simulator.webSocket().toString(),
                simulator.root().bytes().hex(),
                state.name().toLowerCase(Locale.ROOT),
                folder.toString()));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long start = System.nanoTime();
    process = builder.start();
    answers = process.inputReader();
    commands = process.outputWriter();
    answer();
    secondsToStart = (System.nanoTime() - start) / 1e9;
  }

  @Override
  public String name() {
    return "Baileys, " + state.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  double secondsToStart() {
    return secondsToStart;
  }

  @Override
  public void link(int total) throws Exception {
    JsonNode linked = command(Map.of("do", "link", "total", total));
    if (linked.path("linked").asInt() != total) {
      throw new IOException("linked: " + linked);
    }
  }

  @Override
  public LinkedDevice first() {
    if (first == null) {
      throw new IllegalStateException("nothing is linked yet");
    }
    return first;
  }

  @Override
  public void send(Jid to, int count, int window) throws Exception {
    command(Map.of("do", "send", "to", to.toString(), "count", count, "window", window));
  }

  /// How many texts its handler got so far.
  int received() throws Exception {
    return command(Map.of("do", "received")).path("received").asInt();
  }

  @Override
  public double heapMiB() throws Exception {
    return command(Map.of("do", "collect")).path("heapUsed").asDouble() / (1 << 20);
  }

  private JsonNode command(Map<String, Object> command) throws Exception {
    commands.write(JSON.writeValueAsString(command) + "\n");
    commands.flush();
    while (true) {
      JsonNode answer = answer();
      if (!answer.has("qr")) {
        return answer;
      }
      LinkedDevice device =
          simulator
              .phone(name() + " " + process.pid() + " " + answer.path("index").asInt())
              .scan(answer.path("qr").asText());
      if (first == null) {
        first = device;
      }
    }
  }

  private JsonNode answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("Node.js ended");
    }
    JsonNode answer = JSON.readTree(line);
    if (answer.has("error")) {
      throw new IOException("Baileys: " + answer.path("error").asText());
    }
    return answer;
  }

  @Override
  public void close() {
    Waiting.end(process);
  }
}
