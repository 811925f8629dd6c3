package wildcat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.store.contract.Samples.ALICE;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;
import static wildcat.client.store.contract.Samples.id;
import static wildcat.client.store.contract.Samples.received;
import static wildcat.client.store.contract.Samples.sent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// Steps go on while earlier ones are on their way to the disk, and nothing is built on what never arrives.
class LedgerOnTheWayTest {
  private static final RatchetAddress BOBS = address(BOB, 0);

  private final Samples samples = new Samples(4);
  private final List<Event> heard = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HeldStore store;
  private Ledger ledger;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
  LedgerOnTheWayTest() {}

  @BeforeEach
  void open() throws Exception {
    var memory = new InMemoryStore(new TestRecorder(), () -> Instant.EPOCH);
    store = new HeldStore(memory.open(new AccountId("a")));
    ledger = new Ledger(store, (_, event) -> heard.add(event), () -> Instant.EPOCH);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private Ledger.Submitted<Boolean> submit(Change... changes) throws Exception {
    return ledger.submit(work -> {
      for (Change change : changes) {
        work.add(change);
      }
      return true;
    });
  }

  private Optional<RatchetRecord> seenRatchet() throws Exception {
    return ledger.submit(_ -> ledger.store().ratchet(BOBS)).result();
  }

  private Optional<ChatMessage> seenMessage(String id) throws Exception {
    return ledger.submit(_ -> ledger.store().message(BOB, id(id))).result();
  }

  private boolean seenCiphertext(Jid sender, MessageId id, Bytes hash) throws Exception {
    return ledger.submit(_ -> ledger.store().knowsCiphertext(sender, id, hash)).result();
  }

  @Test
  void theNextStepSeesARatchetThatIsOnItsWay() throws Exception {
    RatchetRecord first = samples.ratchet();
    RatchetRecord second = samples.ratchet();
    submit(new Change.PutRatchet(BOBS, first));
    assertThat(seenRatchet()).contains(first);
    submit(new Change.PutRatchet(BOBS, second));
    assertThat(seenRatchet()).contains(second);
    assertThat(store.waiting()).isEqualTo(2);
    assertThat(ledger.store().ratchet(BOBS)).isEmpty();
    store.arrive();
    assertThat(seenRatchet()).contains(second);
    store.arrive();
    assertThat(seenRatchet()).contains(second);
    assertThat(ledger.store().ratchet(BOBS)).contains(second);
  }

  @Test
  void theNextStepKnowsACiphertextThatIsOnItsWay() throws Exception {
    MessageId message = id("3EB0");
    submit(new Change.RememberCiphertext(BOB, message, samples.bytes(32)));
    assertThat(seenCiphertext(BOB, message, samples.bytes(32))).isFalse();
    var hash = samples.bytes(32);
    submit(new Change.RememberCiphertext(BOB, message, hash));
    assertThat(seenCiphertext(BOB, message, hash)).isTrue();
    assertThat(seenCiphertext(ALICE, message, hash)).isFalse();
  }

  @Test
  void aMessageOnItsWayAdvancesAsItWouldOnDisk() throws Exception {
    ChatMessage message = sent(BOB, "3EB1", 0);
    Instant at = Samples.SENT.plusSeconds(5);
    submit(new Change.AddMessage(message));
    assertThat(seenMessage("3EB1")).contains(message);
    submit(advance("3EB1", MessageStatus.DELIVERED, Optional.empty()));
    submit(advance("3EB1", MessageStatus.SENT, Optional.of(at)));
    Optional<ChatMessage> onItsWay = seenMessage("3EB1");
    store.arrive();
    Optional<ChatMessage> halfway = seenMessage("3EB1");
    store.arrive();
    store.arrive();
    Optional<ChatMessage> onDisk = ledger.store().message(BOB, id("3EB1"));

    assertThat(onDisk.map(ChatMessage::status)).contains(MessageStatus.DELIVERED);
    assertThat(onDisk.map(ChatMessage::timestamp)).contains(at);
    assertThat(onItsWay).isEqualTo(onDisk);
    assertThat(halfway).isEqualTo(onDisk);
  }

  private static Change advance(String id, MessageStatus status, Optional<Instant> timestamp) {
    return new Change.AdvanceMessage(BOB, id(id), status, timestamp);
  }

  @Test
  void theSecondMessageWithTheSameIdFromTheSameSenderIsNone() throws Exception {
    submit(new Change.AddMessage(received(BOB, "3EB2", 0)));
    submit(new Change.AddMessage(received(BOB, "3EB2", 9)));
    assertThat(seenMessage("3EB2")).contains(received(BOB, "3EB2", 0));
  }

  @Test
  void aStepThatChangesNothingStillWaitsForWhatItSaw() throws Exception {
    var hash = samples.bytes(32);
    submit(new Change.RememberCiphertext(BOB, id("3EB0"), hash));
    var second = ledger.submit(_ -> ledger.store().knowsCiphertext(BOB, id("3EB0"), hash));

    assertThat(second.isOnDisk()).isFalse();
    store.fail();
    assertThatThrownBy(second::await).isInstanceOf(StoreFailed.Unavailable.class);
  }

  @Test
  void whatWasBuiltOnAFailedUnitFailsAndTheNextStepReadsFromTheDisk() throws Exception {
    RatchetRecord old = samples.ratchet();
    submit(new Change.PutRatchet(BOBS, old));
    store.arrive();
    var first = submit(new Change.PutRatchet(BOBS, samples.ratchet()), ledger.event(event(1)));
    var second = submit(new Change.PutRatchet(BOBS, samples.ratchet()), ledger.event(event(2)));
    store.fail();

    assertThatThrownBy(first::await).isInstanceOf(StoreFailed.Unavailable.class);
    assertThatThrownBy(second::await).isInstanceOf(StoreFailed.Unavailable.class);
    assertThat(seenRatchet()).contains(old);
    var third = submit(ledger.event(event(3)));
    store.arrive();
    third.await();
    assertThat(heard).containsExactly(event(3));
  }

  @Test
  void aFailureDuringAStepMakesItFailToo() throws Exception {
    submit(new Change.PutRatchet(BOBS, samples.ratchet()));
    assertThatThrownBy(() ->
            ledger.submit(work -> {
              work.add(new Change.PutRatchet(BOBS, samples.ratchet()));
              store.fail();
              return work;
            }))
        .isInstanceOf(StoreFailed.Unavailable.class);
    submit(new Change.PutRatchet(BOBS, samples.ratchet()));
    assertThatThrownBy(() ->
            ledger.submit(_ -> {
              store.fail();
              return ledger.store().ratchet(BOBS);
            }))
        .isInstanceOf(StoreFailed.Unavailable.class);
    submit(new Change.PutRatchet(BOBS, samples.ratchet()));
    assertThatThrownBy(() ->
            ledger.submit(work -> {
              store.fail();
              return work.add(new Change.RemoveRatchet(BOBS));
            }))
        .isInstanceOf(StoreFailed.Unavailable.class);
  }

  @Test
  void otherChangesWaitForWhatIsOnItsWay() throws Exception {
    submit(new Change.PutRatchet(BOBS, samples.ratchet()));
    Future<?> removal =
        threads.submit(() -> {
          ledger.commit(new Change.RemoveRatchet(BOBS));
          return true;
        });
    Future<?> after = threads.submit(() -> ledger.step(_ -> true));
    assertThat(removal.isDone()).isFalse();
    store.arrive();
    removal.get();
    after.get();
    assertThat(ledger.store().ratchet(BOBS)).isEmpty();
  }

  @Test
  void nobodyWaitsForTheDiskUnderTheLock() throws Exception {
    var first = submit(ledger.event(event(1)));
    Future<?> waiting =
        threads.submit(() -> {
          first.await();
          return true;
        });
    submit(ledger.event(event(2)));
    assertThat(store.waiting()).isEqualTo(2);
    store.arrive();
    waiting.get();
    assertThat(heard).containsExactly(event(1));
  }

  @Test
  void theListenerHearsOfEventsInTheOrderOfTheirSteps() throws Exception {
    var steps = new ArrayList<Ledger.Submitted<Boolean>>();
    for (int i = 0; i < 5; i++) {
      steps.add(submit(ledger.event(event(i))));
    }
    assertThat(heard).isEmpty();
    for (int i = 0; i < 5; i++) {
      store.arrive();
    }
    for (var step : steps.reversed()) {
      step.await();
    }
    assertThat(heard).containsExactly(event(0), event(1), event(2), event(3), event(4));
  }

  @Test
  void notMoreThanTheLimitAreOnTheirWay() throws Exception {
    for (int i = 0; i < OnTheWay.LIMIT; i++) {
      submit(ledger.event(event(i)));
    }
    Future<?> oneMore = threads.submit(() -> submit(ledger.event(event(99))));
    assertThat(store.waiting()).isEqualTo(OnTheWay.LIMIT);
    store.arrive();
    oneMore.get();
    assertThat(store.waiting()).isEqualTo(OnTheWay.LIMIT);
  }

  private static Event.Durable event(int number) {
    return new Event.IdentityChanged(BOB.withDevice(number % 99));
  }
}
