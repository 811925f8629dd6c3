package wildcat.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Delivery.Completion;

class DeviceQueueTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_755_768_000);
  private static final Jid ANN = Jid.pn("15550000001");
  private static final Jid BOB = Jid.pn("15550000002");

  private final DeviceQueue.LedgerRoom room = new DeviceQueue.LedgerRoom(100);
  private final DeviceQueue queue = new DeviceQueue(limits(3, 2), room);

  private static Limits limits(int queued, int ledger) {
    return new Limits(queued, ledger, 100, 1, 1, 1, 1, 1);
  }

  private static Node message(String id, Jid from) {
    return Node.of("message").with("id", id).with("from", from);
  }

  @Test
  void stanzasWaitInOrderUntilTheyAreAnsweredFor() {
    queue.add(message("1", ANN), NOW);
    queue.add(message("2", BOB), NOW);
    assertThat(queue.waiting()).containsExactly(message("1", ANN), message("2", BOB));
    assertThat(queue.complete("message", "1", ANN::equals, Completion.RECEIPT, NOW)).isTrue();
    assertThat(queue.waiting()).containsExactly(message("2", BOB));
    assertThat(queue.complete("message", "1", ANN::equals, Completion.RECEIPT, NOW)).isFalse();
    assertThat(queue.complete("receipt", "2", BOB::equals, Completion.ACK, NOW)).isFalse();
  }

  @Test
  void theSameStanzaAgainReplacesTheFirst() {
    queue.add(message("1", ANN).with("t", 1), NOW);
    queue.add(message("1", ANN).with("t", 2), NOW);
    assertThat(queue.waiting()).containsExactly(message("1", ANN).with("t", 2));
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void theSameIdFromTwoSendersIsToldApartByTheSender() {
    queue.add(message("1", ANN), NOW);
    queue.add(message("1", BOB), NOW);
    queue.complete("message", "1", BOB::equals, Completion.ACK, NOW);
    assertThat(queue.waiting()).containsExactly(message("1", ANN));
  }

  @Test
  void receiptsOfTwoTypesForOneMessageBothWait() {
    Node delivered = Node.of("receipt").with("id", "1").with("from", ANN);
    queue.add(delivered, NOW);
    queue.add(delivered.with("type", "read"), NOW);
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void anAnswerThatNamesNobodyMeansAll() {
    queue.add(message("1", ANN), NOW);
    assertThat(queue.complete("message", "1", _ -> false, Completion.NACK, NOW)).isTrue();
    assertThat(queue.waiting()).isEmpty();
  }

  @Test
  void aFullQueueDropsTheOldest() {
    for (String id : new String[] {"1", "2", "3", "4"}) {
      queue.add(message(id, ANN), NOW);
    }
    assertThat(queue.waiting()).extracting(n -> n.text("id")).containsExactly("2", "3", "4");
    assertThat(queue.dropped()).isEqualTo(1);
  }

  @Test
  void theLedgerTellsHowOftenAndHowAndKeepsTheNewest() {
    for (String id : new String[] {"1", "2", "3"}) {
      queue.add(message(id, ANN), NOW);
      queue.sent(message(id, ANN));
    }
    queue.sentAll();
    queue.complete("message", "2", ANN::equals, Completion.RETRY, NOW.plusSeconds(5));
    Delivery retried = queue.ledger().getFirst();
    assertThat(retried.times()).isEqualTo(2);
    assertThat(retried.completedAt()).contains(NOW.plusSeconds(5));
    assertThat(retried.acknowledged()).isFalse();
    queue.complete("message", "1", ANN::equals, Completion.ACK, NOW);
    queue.complete("message", "3", ANN::equals, Completion.RECEIPT, NOW);
    assertThat(queue.ledger()).extracting(Delivery::id).containsExactly("1", "3");
    assertThat(queue.ledger()).allMatch(Delivery::acknowledged);
  }

  @Test
  void onlyAMessageThatWasAskedForAgainMayComeAgain() {
    assertThat(queue.takeAskedAgain("1")).isFalse();
    queue.askAgain("1");
    assertThat(queue.takeAskedAgain("1")).isTrue();
    assertThat(queue.takeAskedAgain("1")).isFalse();
  }
}
