package wildcat.store.sqlite;

import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Outbox.Delivery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.protocol.ratchet.RatchetRecord;

/// What the killed process does: commits units from several threads and prints each one's name as soon as
/// the commit has returned.
final class StoreChild {
  private static final int WRITERS = 8;
  private static final ReentrantLock PRINTING = new ReentrantLock();
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private StoreChild() {}

  /// `folder hold`: opens the folder and waits. `folder write ROUND`: commits without end.
  public static void main(String[] arguments) throws Exception {
    var store =
        SqliteStore.open(
            SqliteSettings.in(Path.of(arguments[0])),
            new TestRecorder.Silent(),
            InstantSource.system(),
            new SecureRandom());
    print("open");
    if (arguments[1].equals("hold")) {
      Thread.currentThread().join();
    }
    RatchetRecord ratchet = new Samples(9).ratchet();
    for (int i = 0; i < WRITERS; i++) {
      AccountStore account = store.open(new AccountId("a" + i));
      Thread.ofVirtual()
          .uncaughtExceptionHandler((_, failure) -> failure.printStackTrace())
          .start(() -> write(account, arguments[2], ratchet));
    }
    settle(store);
  }

  private static void write(AccountStore account, String round, RatchetRecord ratchet) {
    try {
      for (int unit = 0; ; unit++) {
        String id = round + "-" + unit;
        try {
          long sequence = commit(account, id, unit, ratchet);
          print("committed " + account.account() + " " + id + " " + sequence);
        } catch (StoreFailed.Unavailable _) {
          print("failed " + account.account() + " " + id);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long commit(AccountStore account, String id, int unit, RatchetRecord ratchet)
      throws StoreFailed, InterruptedException {
    var message = Samples.received(BOB, id, unit);
    return account
        .commit(
            UnitOfWork.of(
                new Change.PutRatchet(address(BOB, unit % 5), ratchet),
                new Change.AddMessage(message),
                new Change.RememberCiphertext(BOB, message.id(), message.content()),
                Samples.event(message)))
        .getFirst()
        .sequence();
  }

  /// Delivers what is due, and says what was settled.
  private static void settle(SqliteStore store) throws Exception {
    while (true) {
      for (Delivery due : store.outbox().due("hook", InstantSource.system().instant(), 2)) {
        try {
          store.outbox().settle(List.of(new Settlement.Delivered(due.position())));
          print("settled " + due.position());
        } catch (StoreFailed.Unavailable _) {
          print("failed to settle");
        }
      }
    }
  }

  /// In one write: a line is printed whole or not at all, and before the next commit of its thread.
  private static void print(String line) throws IOException {
    PRINTING.lock();
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } finally {
      PRINTING.unlock();
    }
  }
}
