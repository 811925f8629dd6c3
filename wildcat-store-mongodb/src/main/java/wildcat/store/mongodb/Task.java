package wildcat.store.mongodb;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import wildcat.client.store.StoreFailed;

/// Something to be written, between the thread that waits for it and the [Writer].
///
/// Either the writer takes it or an interrupt calls it off, never both: so an interrupted caller knows that
/// nothing was written, and a unit that was begun is always answered with how it ended.
final class Task<T> {
  private final Writer.Job<T> job;
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  // the writer's, between run and commit
  private @Nullable T result;
  private @Nullable Throwable failure;

  Task(Writer.Job<T> job) {
    this.job = job;
  }

  /// Whether the writer has it; false when it was called off.
  boolean take() {
    return decided.compareAndSet(false, true);
  }

  boolean callOff() {
    return decided.compareAndSet(false, true);
  }

  /// Adds to the batch what it has to write; nothing when it fails. May be called again for another batch.
  void run(Batch batch) {
    failure = null;
    batch.begin();
    try {
      result = job.run(batch);
      batch.end();
    } catch (StoreFailed | RuntimeException e) {
      batch.undo();
      failure = e;
    }
  }

  /// The batch it was run for is committed.
  @SuppressWarnings("NullAway") // null only if the job's own type allows it
  void committed() {
    if (failure == null) {
      outcome.complete(result);
    } else {
      outcome.completeExceptionally(failure);
    }
  }

  /// The batch it was run for is not committed, or nobody knows.
  void failed(Throwable cause) {
    outcome.completeExceptionally(failure == null ? cause : failure);
  }

  /// Waits for the end.
  ///
  /// @throws InterruptedException the writer had not begun, and never will
  T await() throws StoreFailed, InterruptedException {
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      if (callOff()) {
        throw e;
      }
      try {
        return outcome.join();
      } catch (CompletionException ended) {
        throw rethrown(ended.getCause());
      } finally {
        Thread.currentThread().interrupt();
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static StoreFailed rethrown(@Nullable Throwable failure) {
    return switch (failure) {
      case StoreFailed failed -> failed;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> throw new CancellationException("a task ended without an outcome");
    };
  }
}
