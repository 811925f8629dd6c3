package wildcat.client.store;

import java.util.List;

/// A unit of work on its way to the disk. Thread-safe.
public interface Commit {
  /// What was there before it was handed over.
  Commit ON_DISK =
      new Commit() {
        @Override
        public List<RecordedEvent> await() {
          return List.of();
        }

        @Override
        public boolean isDone() {
          return true;
        }

        @Override
        public boolean isOnDisk() {
          return true;
        }
      };

  /// Waits for its end, whatever interrupts, and leaves the interrupt set.
  ///
  /// @return the recorded events with their sequence numbers
  /// @throws StoreFailed nothing was changed
  List<RecordedEvent> await() throws StoreFailed;

  /// Whether [#await] would return or throw at once.
  boolean isDone();

  /// Whether it is done and has not failed.
  boolean isOnDisk();
}
