package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Stanzas.ib;
import static wildcat.client.fake.Stanzas.iq;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.fake.FakeLink;
import wildcat.client.fake.Harness;
import wildcat.client.store.Credentials;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;

/// A connection whose handlers are slow or broken: what waits is bounded, order is kept, and nothing is
/// acknowledged that was not handled.
final class FloodTest {
  private final Harness harness;
  private final AccountThread thread = new AccountThread(Harness.ACCOUNT, "flood");
  private final LinkedBlockingQueue<String> handled = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile StanzaHandler onMessage = this::handle;
  private final AccountConnection connection;

  FloodTest() throws Exception {
    harness = new Harness();
    var outside =
        new Surroundings(
            harness.environment.server(),
            harness.environment.root(),
            harness.environment.version(),
            DeviceName.DEFAULT,
            harness.server,
            harness.environment.permits(),
            harness.time,
            harness.time,
            harness.environment.random(),
            harness.environment.curve());
    // linked by the whole client, then run by a connection with handlers of this test
    harness.connected();
    harness.client.close();
    var ledger = new Ledger(harness.account, (_, event) -> events.add(event), harness.time);
    var behaviour =
        new Behaviour(
            new Linked(),
            Map.of("message", (stanza, exchange) -> onMessage.handle(stanza, exchange)),
            Map.of(),
            _ -> {},
            _ -> {});
    connection =
        new AccountConnection(
            outside, ledger, new Standing(ledger, thread, harness.time), behaviour, thread);
  }

  private void handle(Node stanza, Exchange exchange) throws StoreFailed {
    handled.add(stanza.text("id"));
    try {
      exchange.send(Acks.of(stanza));
    } catch (NotConnected _) {
      // comes again
    }
  }

  private final class Linked implements Linking {
    @Override
    public void begin() {}

    @Override
    public Credentials credentials() throws StoreFailed {
      return harness.account.credentials().orElseThrow();
    }

    @Override
    public void handle(Node stanza, Session session) {}

    @Override
    public boolean ended() {
      return true;
    }
  }

  private FakeLink connect() throws InterruptedException {
    connection.connect();
    return login(harness.nextConnection());
  }

  private FakeLink login(FakeLink link) throws InterruptedException {
    link.payload();
    link.push(Harness.success());
    link.take("ib");
    link.take("presence");
    return link;
  }

  private static Node message(int id) {
    return Node.of("message")
        .with("from", Jid.lid("100000087654321"))
        .with("id", id)
        .with("type", "text");
  }

  @Test
  void slowHandlerMakesTheSocketWaitAndLosesNothing() throws Exception {
    var release = new CountDownLatch(1);
    onMessage =
        (stanza, exchange) -> {
          release.await();
          handle(stanza, exchange);
        };
    FakeLink link = connect();
    for (int i = 0; i < Inbox.HIGH_STANZAS + 1; i++) {
      link.push(message(i));
    }
    link.settle();
    assertThat(link.isReading()).isFalse();
    // the server has sent them already, or the socket's buffer holds them
    for (int i = Inbox.HIGH_STANZAS + 1; i < 1_000; i++) {
      link.push(message(i));
    }
    release.countDown();
    for (int i = 0; i < 1_000; i++) {
      assertThat(link.take("ack").text("id")).isEqualTo(Integer.toString(i));
    }
    assertThat(link.isReading()).isTrue();
    assertThat(handled).hasSize(1_000);
    connection.close();
  }

  @Test
  void overflowingInboxClosesTheConnectionAndNothingOfItIsHandledLater() throws Exception {
    var release = new CountDownLatch(1);
    onMessage =
        (stanza, exchange) -> {
          release.await();
          handle(stanza, exchange);
        };
    FakeLink link = connect();
    for (int i = 0; i < Inbox.MAX_STANZAS + 2; i++) {
      link.push(message(i));
    }
    link.awaitClosed();
    release.countDown();
    onMessage = this::handle;
    FakeLink next = login(harness.nextConnection());
    next.push(message(0));
    assertThat(next.take("ack").text("id")).isEqualTo("0");
    // the one at hand when the connection ended, and the one that came again
    assertThat(handled).containsExactly("0", "0");
    connection.close();
  }

  @Test
  void handlerMayAskTheServerWhileOthersWait() throws Exception {
    onMessage =
        (stanza, exchange) -> {
          try {
            Node answer =
                exchange.request(
                    Node.of("iq")
                        .with("to", Jid.WHATSAPP)
                        .with("type", "get")
                        .with("xmlns", "w:p"));
            handled.add(answer.text("type"));
          } catch (RequestFailed e) {
            handled.add(e.toString());
          }
          handle(stanza, exchange);
        };
    FakeLink link = connect();
    for (int i = 0; i < 50; i++) {
      link.push(message(i));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(link.take("ack").text("id")).isEqualTo(Integer.toString(i));
    }
    assertThat(List.copyOf(handled).subList(0, 4)).containsExactly("result", "0", "result", "1");
    connection.close();
  }

  @Test
  void stanzaThatBreaksItsHandlerIsGivenUpAfterThreeConnections() throws Exception {
    var attempts = new AtomicInteger();
    onMessage =
        (stanza, exchange) -> {
          if (stanza.text("id").equals("666")) {
            attempts.incrementAndGet();
            throw new IllegalStateException("planted");
          }
          handle(stanza, exchange);
        };
    FakeLink link = connect();
    for (int i = 1; i < Oddities.MAX_FAILURES; i++) {
      link.push(message(666), message(1));
      link.awaitClosed();
      link = login(harness.nextConnection());
    }
    assertThat(handled).isEmpty();
    link.push(message(666), message(1));
    Node refusal = link.take("ack");
    assertThat(refusal.text("id")).isEqualTo("666");
    assertThat(refusal.text("error")).isEqualTo("500");
    assertThat(link.take("ack").text("id")).isEqualTo("1");
    assertThat(attempts).hasValue(Oddities.MAX_FAILURES);
    connection.close();
  }

  @Test
  void failingStoreInAHandlerLeavesTheStanzaUnacknowledged() throws Exception {
    onMessage =
        (_, _) -> {
          throw new StoreFailed.Unavailable("planted", new IllegalStateException());
        };
    FakeLink link = connect();
    link.push(message(1));
    link.awaitClosed();
    assertThat(link.isQuiet()).isTrue();
    onMessage = this::handle;
    FakeLink next = login(harness.nextConnection());
    next.push(message(1));
    assertThat(next.take("ack").text("id")).isEqualTo("1");
    connection.close();
  }

  @Test
  void requestsOfManyThreadsEachGetTheirOwnAnswer() throws Exception {
    FakeLink link = connect();
    link.answering(stanza ->
        stanza.is("iq") && stanza.text("xmlns").equals("echo")
            ? Optional.of(
                Node.of("iq")
                    .with("from", Jid.WHATSAPP)
                    .with("id", stanza.text("id"))
                    .with("type", "result")
                    .with("value", stanza.text("value")))
            : FakeLink.usual(stanza));
    var wrong = new LinkedBlockingQueue<String>();
    var done = new CountDownLatch(16);
    for (int t = 0; t < 16; t++) {
      int offset = t * 1_000;
      Thread.startVirtualThread(() -> {
        try {
          for (int i = offset; i < offset + 100; i++) {
            String value = Integer.toString(i);
            Node answer =
                connection
                    .exchange()
                    .request(
                        Node.of("iq")
                            .with("type", "get")
                            .with("xmlns", "echo")
                            .with("value", value));
            if (!answer.text("value").equals(value)) {
              wrong.add(answer.text("value") + " for " + value);
            }
          }
        } catch (RequestFailed | InterruptedException e) {
          wrong.add(e.toString());
        }
        done.countDown();
      });
    }
    done.await();
    assertThat(wrong).isEmpty();
    connection.close();
  }

  @Test
  void connectAndDisconnectFromManyThreadsEndWhereTheLastOneSays() throws Exception {
    var done = new CountDownLatch(8);
    for (int t = 0; t < 8; t++) {
      boolean up = t % 2 == 0;
      Thread.startVirtualThread(() -> {
        for (int i = 0; i < 200; i++) {
          if (up) {
            connection.connect();
          } else {
            connection.disconnect();
          }
        }
        done.countDown();
      });
    }
    done.await();
    connection.disconnect();
    connection.settle();
    harness.time.advance(Duration.ofMinutes(1));
    connection.settle();
    harness.time.advance(Duration.ofHours(1));
    assertThat(harness.time.waiting()).isZero();
    while (!harness.server.isIdle()) {
      harness.server.next().awaitClosed();
    }
    FakeLink link = connect();
    link.push(iq("s1", "urn:xmpp:ping"), ib(Node.of("offline").with("count", 0)));
    assertThat(link.take("iq").text("id")).isEqualTo("s1");
    connection.close();
    connection.settle();
    assertThat(events)
        .filteredOn(Event.StateChanged.class::isInstance)
        .extracting(e -> ((Event.StateChanged) e).state().status())
        .doesNotContain(Status.RECONNECTING)
        .endsWith(Status.CONNECTED, Status.DISCONNECTED);
  }
}
