package wildcat.client.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.node.Node;

/// Who waits for which answer on one connection. Thread-safe; waiters are completed outside of the lock.
final class Requests {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, CompletableFuture<Node>> waiting = HashMap.newHashMap(4);

  @GuardedBy("lock")
  private @Nullable String closed;

  /// The key of an answer to an `iq`.
  static String iq(String id) {
    return "iq " + id;
  }

  /// The key of the ack of a message.
  static String message(String id) {
    return "message " + id;
  }

  /// Registers a waiter; to be done before the request is written.
  ///
  /// @throws IllegalStateException somebody waits for the same answer
  CompletableFuture<Node> expect(String key) throws NotConnected {
    var answer = new CompletableFuture<Node>();
    lock.lock();
    try {
      if (closed != null) {
        throw new NotConnected(closed);
      }
      if (waiting.putIfAbsent(key, answer) != null) {
        throw new IllegalStateException("an id was used for two requests at once");
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  void forget(String key) {
    lock.lock();
    try {
      waiting.remove(key);
    } finally {
      lock.unlock();
    }
  }

  /// Hands an answer over.
  ///
  /// @return false when nobody waits for it
  boolean complete(String key, Node answer) {
    CompletableFuture<Node> waiter;
    lock.lock();
    try {
      waiter = waiting.remove(key);
    } finally {
      lock.unlock();
    }
    return waiter != null && waiter.complete(answer);
  }

  int pending() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// Fails everybody who waits, and everybody who comes later. To be called when nothing can be written
  /// any more.
  void close(String reason) {
    List<CompletableFuture<Node>> failed;
    lock.lock();
    try {
      closed = reason;
      failed = List.copyOf(waiting.values());
      waiting.clear();
    } finally {
      lock.unlock();
    }
    for (CompletableFuture<Node> waiter : failed) {
      waiter.completeExceptionally(new OutcomeUnknown("the connection ended: " + reason));
    }
  }
}
