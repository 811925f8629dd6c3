package wildcat.client.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.node.Node;

/// The stanzas of one connection that wait for the account's thread, in wire order.
///
/// Bounded in number and bytes. Above the high mark the socket is no longer read, so that the server holds
/// the rest back; but while somebody waits for an answer it must be read on, and then the limit can be
/// reached: the connection has to be closed, and what was not acknowledged comes again. Thread-safe.
final class Inbox {
  static final int MAX_STANZAS = 4_096;
  static final int MAX_BYTES = 32 << 20;
  static final int HIGH_STANZAS = 256;
  static final int HIGH_BYTES = 4 << 20;

  /// How many stanzas the account's thread handles before it looks after other tasks.
  private static final int TURN = 32;

  private final Executor thread;
  private final Consumer<Node> handler;
  private final Consumer<Boolean> reading;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>(4);

  @GuardedBy("lock")
  private long bytes;

  @GuardedBy("lock")
  private boolean scheduled;

  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private boolean paused;

  @GuardedBy("lock")
  private int requests;

  private record Entry(Node stanza, int sizeBytes) {}

  /// @param thread the account's thread
  /// @param handler called on it
  /// @param reading switches reading from the socket; called under the inbox's lock, must not block
  Inbox(Executor thread, Consumer<Node> handler, Consumer<Boolean> reading) {
    this.thread = thread;
    this.handler = handler;
    this.reading = reading;
  }

  /// Appends a stanza.
  ///
  /// @return false when the inbox is full: close the connection
  boolean offer(Node stanza, int sizeBytes) {
    lock.lock();
    try {
      if (closed) {
        return true;
      }
      // a single stanza is taken whatever its size: the frame's limit bounds it
      if (waiting.size() >= MAX_STANZAS || (bytes + sizeBytes > MAX_BYTES && !waiting.isEmpty())) {
        return false;
      }
      waiting.add(new Entry(stanza, sizeBytes));
      bytes += sizeBytes;
      steer();
      if (scheduled) {
        return true;
      }
      scheduled = true;
    } finally {
      lock.unlock();
    }
    thread.execute(this::drain);
    return true;
  }

  /// Tells that one request more (or less) waits for its answer.
  void requesting(boolean more) {
    lock.lock();
    try {
      requests += more ? 1 : -1;
      steer();
    } finally {
      lock.unlock();
    }
  }

  boolean requestsPending() {
    lock.lock();
    try {
      return requests > 0;
    } finally {
      lock.unlock();
    }
  }

  boolean paused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  /// Drops what waits; nothing is handled any more but the stanza at hand.
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    for (int i = 0; i < TURN; i++) {
      Node stanza = next();
      if (stanza == null) {
        return;
      }
      handler.accept(stanza);
    }
    thread.execute(this::drain);
  }

  private @Nullable Node next() {
    lock.lock();
    try {
      Entry entry = waiting.poll();
      if (entry == null) {
        scheduled = false;
        return null;
      }
      bytes -= entry.sizeBytes();
      steer();
      return entry.stanza();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void steer() {
    boolean high = waiting.size() >= HIGH_STANZAS || bytes >= HIGH_BYTES;
    boolean low = waiting.size() <= HIGH_STANZAS / 2 && bytes <= HIGH_BYTES / 2;
    boolean pause = !closed && requests == 0 && (paused ? !low : high);
    if (pause != paused) {
      paused = pause;
      reading.accept(!pause);
    }
  }
}
