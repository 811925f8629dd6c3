package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import wildcat.protocol.node.Node;

final class InboxTest {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> handled = new ArrayList<>();
  private final List<Boolean> reading = new ArrayList<>();
  private final Executor thread = tasks::add;
  private final Inbox inbox =
      new Inbox(thread, stanza -> handled.add(stanza.text("id")), reading::add);

  private boolean offer(int id, int sizeBytes) {
    return inbox.offer(Node.of("message").with("id", id), sizeBytes);
  }

  private void runOne() {
    tasks.remove().run();
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      runOne();
    }
  }

  @Test
  void keepsTheOrderOfTheWire() {
    for (int i = 0; i < 100; i++) {
      assertThat(offer(i, 10)).isTrue();
    }
    runAll();
    assertThat(handled).hasSize(100).startsWith("0", "1", "2").endsWith("98", "99");
  }

  @Test
  void schedulesOneTaskForManyStanzasAndNoneWhenEmpty() {
    offer(1, 10);
    offer(2, 10);
    assertThat(tasks).hasSize(1);
    runAll();
    assertThat(tasks).isEmpty();
    offer(3, 10);
    assertThat(tasks).hasSize(1);
  }

  @Test
  void letsOtherTasksOfTheAccountInBetween() {
    for (int i = 0; i < 100; i++) {
      offer(i, 10);
    }
    tasks.add(() -> handled.add("other"));
    runAll();
    assertThat(handled.indexOf("other")).isBetween(1, 50);
  }

  @Test
  void stopsReadingAtTheHighMarkAndGoesOnAtTheLow() {
    for (int i = 0; i < Inbox.HIGH_STANZAS; i++) {
      assertThat(reading).isEmpty();
      offer(i, 10);
    }
    assertThat(reading).containsExactly(false);
    assertThat(inbox.paused()).isTrue();
    runAll();
    assertThat(reading).containsExactly(false, true);
  }

  @Test
  void readsOnWhileSomebodyWaitsForAnAnswer() {
    for (int i = 0; i < Inbox.HIGH_STANZAS; i++) {
      offer(i, 10);
    }
    inbox.requesting(true);
    assertThat(reading).containsExactly(false, true);
    inbox.requesting(false);
    assertThat(reading).containsExactly(false, true, false);
  }

  @Test
  void takesAsManyAsTheLimitAndNotOneMore() {
    inbox.requesting(true);
    for (int i = 0; i < Inbox.MAX_STANZAS; i++) {
      assertThat(offer(i, 1)).isTrue();
    }
    assertThat(offer(0, 1)).isFalse();
  }

  @Test
  void takesAsManyBytesAsTheLimitAndNotOneMore() {
    inbox.requesting(true);
    assertThat(offer(1, Inbox.MAX_BYTES - 5)).isTrue();
    assertThat(offer(2, 5)).isTrue();
    assertThat(offer(3, 1)).isFalse();
  }

  @Test
  void singleStanzaIsTakenWhateverItsSize() {
    assertThat(offer(1, Inbox.MAX_BYTES + 1)).isTrue();
    runAll();
    assertThat(handled).containsExactly("1");
  }

  @Test
  void closedInboxHandlesNothingMore() {
    offer(1, 10);
    offer(2, 10);
    inbox.close();
    offer(3, 10);
    runAll();
    assertThat(handled).isEmpty();
  }
}
