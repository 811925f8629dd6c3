package wildcat.simulator.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what goes on. Any thread may count.
public final class Tally {
  /// Names come from clients, so their number needs an end.
  private static final int MAX_NAMES = 500;

  private static final int MAX_NAME_LENGTH = 120;
  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

  private final Map<String, LongAdder> unknownStanzas = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> violations = new ConcurrentHashMap<>();
  private final LongAdder decodeErrors = new LongAdder();
  private final LongAdder connections = new LongAdder();
  private final LongAdder openConnections = new LongAdder();
  private final LongAdder logins = new LongAdder();
  private final LongAdder messages = new LongAdder();

  /// A stanza nobody answers, by its shape (`iq set w:g2 create`).
  public void unknownStanza(String name) {
    count(unknownStanzas, name);
    LOG.atWarn().addKeyValue("stanza", name).log("no answer for a stanza");
  }

  /// Something a client must not do.
  public void violation(String name) {
    count(violations, name);
    LOG.atWarn().addKeyValue("violation", name).log("a client broke the protocol");
  }

  private static void count(Map<String, LongAdder> counts, String name) {
    String shown = name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name;
    String known = counts.size() < MAX_NAMES || counts.containsKey(shown) ? shown : "(others)";
    counts.computeIfAbsent(known, _ -> new LongAdder()).increment();
  }

  public void decodeError() {
    decodeErrors.increment();
  }

  public void connected() {
    connections.increment();
    openConnections.increment();
  }

  public void disconnected() {
    openConnections.decrement();
  }

  public void login() {
    logins.increment();
  }

  public void message() {
    messages.increment();
  }

  public Counters counters() {
    return new Counters(
        sums(unknownStanzas),
        sums(violations),
        decodeErrors.sum(),
        connections.sum(),
        openConnections.sum(),
        logins.sum(),
        messages.sum());
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    return counts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sum()));
  }
}
