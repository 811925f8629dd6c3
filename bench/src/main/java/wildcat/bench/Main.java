package wildcat.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import wildcat.simulator.Settings;
import wildcat.simulator.Simulator;
import wildcat.simulator.phone.LinkedDevice;

/// Whole processes, one after the other on one simulator, which runs in this JVM: `bench/run process`.
public final class Main {
  private static final int WINDOW = 16;
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final Plan plan;
  private final Path root;
  private final Path work;
  private final Simulator simulator;
  private final Figures figures = new Figures();

  private Main(Plan plan, Path root, Path work, Simulator simulator) {
    this.plan = plan;
    this.root = root;
    this.work = work;
    this.simulator = simulator;
  }

  /// @param arguments the folder of Wildcat, the file for the figures; `--smoke`, `--long`; any of `messages`,
  ///     `memory`, `wildcat` and `baileys`, to run these only
  public static void main(String[] arguments) throws Exception {
    var words = new ArrayList<>(List.of(arguments));
    Plan plan =
        words.remove("--smoke")
            ? Plan.smoke()
            : words.remove("--long") ? Plan.longer() : Plan.full();
    Path root = Path.of(words.removeFirst());
    Path output = Path.of(words.removeFirst());
    Path work = Files.createTempDirectory("wildcat-bench-");
    try (var simulator = Simulator.start(Settings.defaults())) {
      var run = new Main(plan, root, work, simulator);
      run.all(words);
      run.figures.write(output);
      System.out.println(run.figures.table());
      complain(simulator);
    } finally {
      delete(work);
    }
  }

  private static void complain(Simulator simulator) {
    var counters = simulator.counters();
    if (!counters.unknownStanzas().isEmpty() || !counters.violations().isEmpty()) {
      System.err.println("unknown stanzas: " + counters.unknownStanzas());
      System.err.println("violations: " + counters.violations());
    }
  }

  private void all(List<String> words) throws Exception {
    boolean messages = words.contains("messages") || !words.contains("memory");
    boolean memory = words.contains("memory") || !words.contains("messages");
    boolean wildcat = words.contains("wildcat") || !words.contains("baileys");
    boolean baileys = words.contains("baileys") || !words.contains("wildcat");
    if (messages && wildcat) {
      wildcatMessages();
    }
    for (var state : BaileysProcess.State.values()) {
      if (messages && baileys) {
        baileysMessages(state);
      }
    }
    if (memory && wildcat) {
      wildcatMemoryAndStart();
    }
    for (var state : BaileysProcess.State.values()) {
      if (memory && baileys) {
        baileysMemory(state);
      }
    }
  }

  private Load load(String name) {
    return new Load(simulator, simulator.phone("Ann of " + name));
  }

  private void wildcatMessages() throws Exception {
    try (var server = new WildcatProcess(simulator, root, work.resolve("messages"), List.of());
        var webhook = new WebhookCounter()) {
      server.link(1);
      var load = load(server.name());
      messages(server, load);
      server.addWebhook(webhook.url());
      load.incoming(server, plan.warmUp(), webhook);
      for (int round = 0; round < plan.rounds(); round++) {
        cost(
            "received and delivered to a webhook",
            server,
            load.incoming(server, plan.messages(), webhook));
      }
    }
  }

  private void baileysMessages(BaileysProcess.State state) throws Exception {
    Path folder = work.resolve("baileys-messages-" + state);
    try (var baileys = new BaileysProcess(simulator, root, folder, state)) {
      baileys.link(1);
      messages(baileys, load(baileys.name()));
      int expected = plan.warmUp() + plan.rounds() * plan.messages();
      Waiting.until("its handler had all", () -> baileys.received() >= expected);
    }
  }

  private void messages(Subject subject, Load load) throws Exception {
    load.outgoing(subject, plan.warmUp(), 1);
    for (int round = 0; round < plan.rounds(); round++) {
      cost("sent, one after the other", subject, load.outgoing(subject, plan.messages(), 1));
    }
    for (int round = 0; round < plan.rounds(); round++) {
      cost(
          "sent, " + WINDOW + " at a time",
          subject,
          load.outgoing(subject, plan.messages(), WINDOW));
    }
    load.incoming(subject, plan.warmUp());
    for (int round = 0; round < plan.rounds(); round++) {
      cost("received", subject, load.incoming(subject, plan.messages()));
    }
  }

  private void cost(String what, Subject subject, Load.Cost cost) {
    figures.add("CPU per message " + what + ", ms", subject.name(), cost.cpuMillisEach());
    figures.add(
        "wall time per message " + what + ", ms",
        subject.name(),
        cost.wallSeconds() * 1_000 / cost.messages());
  }

  private void wildcatMemoryAndStart() throws Exception {
    Path folder = work.resolve("memory");
    new WildcatProcess(simulator, root, folder, List.of()).close(); // makes the store
    starts(folder, List.of());
    List<LinkedDevice> linked = List.of();
    var memory = new Memory(figures);
    for (int total : plan.accounts()) {
      try (var server = new WildcatProcess(simulator, root, folder, linked)) {
        server.awaitConnected();
        if (linked.isEmpty()) {
          memory.take(server, 0, "");
        }
        server.link(total);
        Waiting.pause(QUIET);
        memory.take(server, total, "");
        linked = server.linked();
      }
      try (var server = new WildcatProcess(simulator, root, folder, linked)) {
        server.awaitConnected();
        Waiting.pause(QUIET);
        memory.take(server, total, " after a restart");
      }
      if (total == plan.storedAccounts()) {
        starts(folder, linked);
      }
    }
  }

  private void starts(Path folder, List<LinkedDevice> linked) throws Exception {
    String with = " with " + linked.size() + " stored accounts, s";
    for (int i = 0; i < plan.starts(); i++) {
      try (var server = new WildcatProcess(simulator, root, folder, linked)) {
        figures.add("first 200" + with, server.name(), server.secondsToFirst200());
        figures.add("CPU until the first 200" + with, server.name(), server.cpuSecondsToFirst200());
        server.awaitConnected();
      }
    }
  }

  private void baileysMemory(BaileysProcess.State state) throws Exception {
    Path folder = work.resolve("baileys-memory-" + state);
    var memory = new Memory(figures);
    try (var baileys = new BaileysProcess(simulator, root, folder, state)) {
      figures.add("Node.js with Baileys loaded, s", baileys.name(), baileys.secondsToStart());
      memory.take(baileys, 0, "");
      for (int total : plan.baileysAccounts()) {
        baileys.link(total);
        Waiting.pause(QUIET);
        memory.take(baileys, total, "");
      }
    }
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
