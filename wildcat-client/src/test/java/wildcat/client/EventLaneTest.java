package wildcat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;

final class EventLaneTest {
  private static final AccountId ACCOUNT = new AccountId("test");

  private static Event event(int number) {
    return new Event.LinkCodeIssued(Integer.toString(number), Duration.ZERO);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eventsArriveInOrderOneAtATime() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    var inside = new AtomicInteger();
    var overlapped = new AtomicBoolean();
    var done = new CountDownLatch(500);
    var lane =
        new EventLane(
            ACCOUNT,
            (_, event) -> {
              overlapped.compareAndSet(false, inside.incrementAndGet() > 1);
              heard.add(((Event.LinkCodeIssued) event).text());
              inside.decrementAndGet();
              done.countDown();
            });
    for (int i = 0; i < 500; i++) {
      lane.on(ACCOUNT, event(i));
    }
    await(done);
    assertThat(overlapped).isFalse();
    assertThat(heard).hasSize(500).startsWith("0", "1", "2").endsWith("498", "499");
  }

  @Test
  void slowListenerHoldsUpTheMakersOnlyWhenTooManyEventsWait() throws Exception {
    var release = new CountDownLatch(1);
    var lane =
        new EventLane(
            ACCOUNT,
            (_, _) -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    for (int i = 0; i < EventLane.MAX_WAITING; i++) {
      lane.on(ACCOUNT, event(i));
    }
    var through = new CountDownLatch(1);
    Thread maker =
        Thread.startVirtualThread(() -> {
          lane.on(ACCOUNT, event(-1));
          through.countDown();
        });
    while (maker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(through.getCount()).isOne();
    release.countDown();
    await(through);
  }

  @Test
  void failingListenerHearsTheNextEvent() throws Exception {
    var done = new CountDownLatch(2);
    var lane =
        new EventLane(
            ACCOUNT,
            (_, _) -> {
              done.countDown();
              throw new IllegalStateException("planted");
            });
    lane.on(ACCOUNT, event(1));
    lane.on(ACCOUNT, event(2));
    await(done);
  }

  @Test
  void listenerMayCauseEventsEvenWhenTheLaneIsFull() throws Exception {
    var lane = new EventLane[1];
    var first = new CountDownLatch(1);
    var caused = new CountDownLatch(1);
    lane[0] =
        new EventLane(
            ACCOUNT,
            (_, event) -> {
              String text = ((Event.LinkCodeIssued) event).text();
              if (text.equals("0")) {
                try {
                  first.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                lane[0].on(ACCOUNT, event(-1));
              } else if (text.equals("-1")) {
                caused.countDown();
              }
            });
    for (int i = 0; i < EventLane.MAX_WAITING; i++) {
      lane[0].on(ACCOUNT, event(i));
    }
    first.countDown();
    await(caused);
  }
}
