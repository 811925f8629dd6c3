package wildcat.simulator.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.node.Node;

/// The newest stanzas of all connections, as they were on the wire. Any thread may use it.
public final class StanzaLog {
  /// Larger stanzas are shortened at once, since the log would keep their payload alive.
  private static final int MAX_NODES = 60;

  private static final int MAX_TEXT_LENGTH = 4_000;

  /// @param sequence grows by one with every stanza
  /// @param device text of its pn, or `unlinked`
  /// @param incoming from the client
  /// @param xml the stanza with payloads as sizes
  public record Line(long sequence, Instant at, String device, boolean incoming, String xml) {}

  private record Entry(
      long sequence, Instant at, String device, boolean incoming, @Nullable Node node, String xml) {
    private Line line() {
      return new Line(sequence, at, device, incoming, node == null ? xml : shortened(node));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final int limit;
  private long last;

  StanzaLog(int limit) {
    this.limit = limit;
  }

  public void add(Instant at, String device, boolean incoming, Node stanza) {
    boolean small = nodes(stanza, MAX_NODES) > 0 && dataBytes(stanza) <= MAX_TEXT_LENGTH;
    String xml = small ? "" : shortened(stanza);
    lock.lock();
    try {
      last++;
      entries.add(new Entry(last, at, device, incoming, small ? stanza : null, xml));
      if (entries.size() > limit) {
        entries.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The oldest `max` lines after `sequence` that are still there.
  ///
  /// @param device text of a pn, or "" for all
  public List<Line> after(long sequence, String device, int max) {
    var found = new ArrayList<Entry>();
    lock.lock();
    try {
      for (Entry entry : entries) {
        if (found.size() == max) {
          break;
        }
        if (entry.sequence() > sequence && (device.isEmpty() || device.equals(entry.device()))) {
          found.add(entry);
        }
      }
    } finally {
      lock.unlock();
    }
    return found.stream().map(Entry::line).toList();
  }

  private static String shortened(Node node) {
    String xml = node.toString();
    return xml.length() <= MAX_TEXT_LENGTH ? xml : xml.substring(0, MAX_TEXT_LENGTH) + "…";
  }

  /// What is left of `budget` after counting this node and those below it; 0 or less when there are
  /// too many.
  private static int nodes(Node node, int budget) {
    int left = budget - 1;
    for (Node child : node.children()) {
      if (left <= 0) {
        return left;
      }
      left = nodes(child, left);
    }
    return left;
  }

  private static long dataBytes(Node node) {
    long sum = node.content() instanceof Node.Content.Data(var bytes) ? bytes.length() : 0;
    for (Node child : node.children()) {
      sum += dataBytes(child);
    }
    return sum;
  }
}
