package wildcat.store.sqlite;

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
  private final Effects effects;
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private @Nullable T result; // the writer's, between run and commit

  Task(Writer.Job<T> job) {
    this(job, Effects.NONE);
  }

  Task(Writer.Job<T> job, Effects effects) {
    this.job = job;
    this.effects = effects;
  }

  /// What follows on the writer's thread before anybody hears of the end, and before the next task.
  interface Effects {
    Effects NONE =
        new Effects() {
          @Override
          public void committed() {}

          @Override
          public void failed() {}
        };

    void committed();

    void failed();
  }

  /// Whether the writer has it; false when it was called off.
  boolean take() {
    return decided.compareAndSet(false, true);
  }

  boolean callOff() {
    return decided.compareAndSet(false, true);
  }

  void run(Transaction transaction) throws java.sql.SQLException, StoreFailed {
    result = job.run(transaction);
  }

  @SuppressWarnings("NullAway") // null only if the job's own type allows it
  void committed() {
    effects.committed();
    outcome.complete(result);
  }

  void failed(Throwable failure) {
    effects.failed();
    outcome.completeExceptionally(failure);
  }

  boolean isDone() {
    return outcome.isDone();
  }

  boolean isCommitted() {
    return outcome.isDone() && !outcome.isCompletedExceptionally();
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
        return awaitAnyway();
      } finally {
        Thread.currentThread().interrupt();
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /// Waits for the end, whatever interrupts, and leaves the interrupt set.
  T awaitAnyway() throws StoreFailed {
    try {
      return outcome.join();
    } catch (CompletionException failure) {
      throw rethrown(failure.getCause());
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
