package wildcat.store.sqlite;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Outbox.Delivery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.Store;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// Measures a store on this machine's disk. Run it by hand: `main [folder] [seconds per figure]`.
final class StoreTimes {
  private static final int ACCOUNTS = 100;
  private static final int PEERS = 20;
  private static final int ARCHIVED_STATES = 6; // some 1.5 KB
  private static final int OUTBOX_ROWS = 180_000;

  private final PrintStream out;
  private final Store store;
  private final Duration length;
  private final Samples samples = new Samples(1);
  private final List<RatchetRecord> ratchets = new ArrayList<>();
  private final List<AccountStore> accounts = new ArrayList<>();

  private StoreTimes(PrintStream out, Store store, Duration length) {
    this.out = out;
    this.store = store;
    this.length = length;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder =
        arguments.length > 0
            ? Path.of(arguments[0])
            : Files.createTempDirectory(Path.of("target"), "times");
    var length = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 5);
    int cached = Integer.getInteger("cachedRatchets", 2_000);
    try (var store =
        SqliteStore.open(
            SqliteSettings.in(folder).withCachedRatchets(cached),
            new TestRecorder.Silent(),
            InstantSource.system(),
            new SecureRandom())) {
      new StoreTimes(System.out, store, length).run();
    }
  }

  private void run() throws Exception {
    for (int i = 0; i < PEERS; i++) {
      ratchets.add(samples.ratchet(ARCHIVED_STATES));
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      AccountStore account = store.open(new AccountId("a" + i));
      var identities = new UnitOfWork();
      for (int peer = 0; peer < PEERS; peer++) {
        identities.add(new Change.PutIdentity(address(peer), samples.keys().publicKey()));
      }
      account.commit(identities);
      accounts.add(account);
    }
    out.printf("a ratchet record has %d B%n", ratchets.getFirst().encode().length());
    commits("warm-up", 1, this::typical);
    commits("typical unit, 1 writer", 1, this::typical);
    commits("typical unit, 100 writers", ACCOUNTS, this::typical);
    commits("message only, 1 writer", 1, this::messageOnly);
    commits("ciphertext only, 1 writer", 1, this::ciphertextOnly);
    commits("event only, 1 writer", 1, this::eventOnly);
    commits("ratchet only, 1 writer", 1, this::ratchetOnly);
    commits("ratchet only, 100 writers", ACCOUNTS, this::ratchetOnly);
    reads("reads of cached ratchets, 1 reader", 1, this::readRatchet);
    reads("reads of cached ratchets, 100 readers", ACCOUNTS, this::readRatchet);
    reads("point reads of identities, 1 reader", 1, this::readIdentity);
    reads("point reads of identities, 100 readers", ACCOUNTS, this::readIdentity);
    outbox();
  }

  private UnitOfWork typical(int account, int unit) {
    var message = Samples.received(chat(unit), "M" + account + "-" + unit + "-" + nonce(), unit);
    return UnitOfWork.of(
        new Change.PutRatchet(address(unit), ratchets.get(unit % PEERS)),
        new Change.AddMessage(message),
        new Change.RememberCiphertext(message.chat(), message.id(), hash()),
        Samples.event(message));
  }

  private UnitOfWork messageOnly(int account, int unit) {
    return UnitOfWork.of(
        new Change.AddMessage(Samples.received(chat(unit), "M" + unit + "-" + nonce(), unit)));
  }

  private UnitOfWork ciphertextOnly(int account, int unit) {
    return UnitOfWork.of(
        new Change.RememberCiphertext(Samples.BOB, Samples.id("M" + unit), hash()));
  }

  private UnitOfWork eventOnly(int account, int unit) {
    return UnitOfWork.of(Samples.event(Samples.received(chat(unit), "M" + unit, unit)));
  }

  private UnitOfWork ratchetOnly(int account, int unit) {
    return UnitOfWork.of(new Change.PutRatchet(address(unit), ratchets.get(unit % PEERS)));
  }

  private static Bytes hash() {
    byte[] hash = new byte[32];
    ThreadLocalRandom.current().nextBytes(hash);
    return Bytes.wrap(hash);
  }

  private static long nonce() {
    return ThreadLocalRandom.current().nextLong();
  }

  private static Jid chat(int unit) {
    return Jid.lid(Long.toString(100_000_000_000_000L + unit % PEERS));
  }

  private static RatchetAddress address(int unit) {
    return Samples.address(chat(unit), 3);
  }

  private void readRatchet(AccountStore account, int unit) throws Exception {
    if (account.ratchet(address(unit)).isEmpty()) {
      throw new IllegalStateException("a ratchet is missing");
    }
  }

  private void readIdentity(AccountStore account, int unit) throws Exception {
    if (account.identity(address(unit)).isEmpty()) {
      throw new IllegalStateException("an identity is missing");
    }
  }

  private interface Unit {
    UnitOfWork make(int account, int number);
  }

  private interface Read {
    void from(AccountStore account, int number) throws Exception;
  }

  private void commits(String what, int writers, Unit unit) throws Exception {
    measure(
        what,
        writers,
        (account, number) -> accounts.get(account).commit(unit.make(account, number)));
  }

  private void reads(String what, int readers, Read read) throws Exception {
    measure(what, readers, (account, number) -> read.from(accounts.get(account), number));
  }

  private interface Action {
    void run(int account, int number) throws Exception;
  }

  private void measure(String what, int threads, Action action) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    var work = new ArrayList<Callable<long[]>>();
    for (int i = 0; i < threads; i++) {
      int account = i;
      work.add(() -> repeat(account, end, action));
    }
    long begin = System.nanoTime();
    var times = new ArrayList<Long>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<long[]> done : executor.invokeAll(work)) {
        Arrays.stream(done.get()).forEach(times::add);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    times.sort(Long::compare);
    out.printf(
        "%-42s %,9.0f/s   p50 %7.3f ms   p99 %7.3f ms   max %8.3f ms%n",
        what,
        times.size() / seconds,
        times.get(times.size() / 2) / 1e6,
        times.get((int) (times.size() * 0.99)) / 1e6,
        times.getLast() / 1e6);
  }

  private static long[] repeat(int account, long end, Action action) throws Exception {
    long[] times = new long[1024];
    int count = 0;
    for (long before = System.nanoTime(); before < end; ) {
      action.run(account, count);
      long now = System.nanoTime();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = now - before;
      before = now;
    }
    return Arrays.copyOf(times, count);
  }

  private void outbox() throws Exception {
    long before = System.nanoTime();
    AccountStore account = store.open(new AccountId("outage"));
    for (int i = 0; i < OUTBOX_ROWS; i += 500) {
      var unit = new UnitOfWork();
      for (int j = i; j < i + 500; j++) {
        unit.add(Samples.event(Samples.received(Jid.pn("1555" + j % 1_000), "O" + j, j)));
      }
      account.commit(unit);
    }
    out.printf(
        "%,d events owed to one destination: written at %,.0f/s%n",
        OUTBOX_ROWS, OUTBOX_ROWS / ((System.nanoTime() - before) / 1e9));
    time("pending()", () -> store.outbox().pending("hook"));
    time("due(100)", () -> store.outbox().due("hook", InstantSource.system().instant(), 100));
    time("nextDue()", () -> store.outbox().nextDue("hook"));
    before = System.nanoTime();
    int delivered = 0;
    while (delivered < 20_000) {
      var settlements = new ArrayList<Settlement>();
      for (Delivery delivery : store.outbox().due("hook", InstantSource.system().instant(), 200)) {
        settlements.add(new Settlement.Delivered(delivery.position()));
      }
      store.outbox().settle(settlements);
      delivered += settlements.size();
    }
    out.printf(
        "drained in batches of 200 at %,.0f/s%n", delivered / ((System.nanoTime() - before) / 1e9));
  }

  private void time(String what, Callable<?> call) throws Exception {
    call.call();
    long before = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      call.call();
    }
    out.printf("%-42s %.3f ms%n", what, (System.nanoTime() - before) / 20e6);
  }
}
