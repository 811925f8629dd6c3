package wildcat.cli.command;

import java.time.Duration;

/// Time as a command sees it that waits for something: how long it has been, and a pause between two looks.
public interface Pace {
  /// Nanoseconds from some fixed moment.
  long nanoTime();

  void pause(Duration length) throws InterruptedException;

  /// The clock of the machine.
  Pace REAL =
      new Pace() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
          Thread.sleep(length);
        }
      };
}
