package wildcat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.NotConnected;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.session.Rejected;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.Settings;
import wildcat.simulator.Simulator;
import wildcat.simulator.fault.Action;
import wildcat.simulator.fault.Match;
import wildcat.simulator.fault.Rule;
import wildcat.simulator.phone.LinkedDevice;
import wildcat.simulator.phone.PhoneMessage;
import wildcat.simulator.phone.VirtualPhone;

/// Ann's and Bob's phones, a linked client of each, and messages between all four, over TCP.
final class MessagingTest {
  private static final int WAIT_SECONDS = 30;

  private final LinkedBlockingQueue<PhoneMessage> atBobsPhone = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<PhoneMessage> atAnnsPhone = new LinkedBlockingQueue<>();
  private Simulator simulator;
  private VirtualPhone annsPhone;
  private VirtualPhone bobsPhone;
  private LinkedClient ann;
  private LinkedClient bob;
  private LinkedDevice annsDevice;
  private LinkedDevice bobsDevice;

  @BeforeEach
  void link() throws Exception {
    simulator = Simulator.start(Settings.defaults());
    annsPhone = simulator.phone("Ann");
    bobsPhone = simulator.phone("Bob");
    annsPhone.onText(atAnnsPhone::add);
    bobsPhone.onText(atBobsPhone::add);
    ann = new LinkedClient(simulator, "ann");
    bob = new LinkedClient(simulator, "bob");
    annsDevice = link(ann, annsPhone);
    bobsDevice = link(bob, bobsPhone);
  }

  private static LinkedDevice link(LinkedClient client, VirtualPhone phone) throws Exception {
    client.client.connect();
    LinkedDevice device = phone.scan(client.code());
    client.awaitState(Status.CONNECTED);
    return device;
  }

  @AfterEach
  void stop() {
    ann.close();
    bob.close();
    assertThat(simulator.counters().unknownStanzas()).isEmpty();
    assertThat(simulator.counters().violations()).isEmpty();
    assertThat(simulator.counters().decodeErrors()).isZero();
    simulator.close();
  }

  private ChatMessage annToBob(String text) throws Exception {
    return ann.client.send(OutgoingMessage.text(bobsPhone.pn(), text));
  }

  private static ChatMessage received(LinkedClient client) throws Exception {
    return client.event(Event.MessageReceived.class).message();
  }

  private static PhoneMessage next(LinkedBlockingQueue<PhoneMessage> phone) throws Exception {
    PhoneMessage message = phone.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing at the phone within " + WAIT_SECONDS + " s");
    }
    return message;
  }

  private static MessageStatus awaitStatus(LinkedClient client, MessageId id) throws Exception {
    var changed = client.event(Event.MessageStatusChanged.class);
    assertThat(changed.id()).isEqualTo(id);
    return changed.status();
  }

  @Test
  void aTextReachesEveryDeviceOfBothSides() throws Exception {
    ChatMessage sent = annToBob("hello");

    ChatMessage arrived = received(bob);
    assertThat(arrived.text()).isEqualTo("hello");
    assertThat(arrived.id()).isEqualTo(sent.id());
    assertThat(arrived.chat()).isEqualTo(annsPhone.pn());
    assertThat(arrived.pushName()).isEqualTo("Ann");
    assertThat(arrived.timestamp()).isEqualTo(sent.timestamp());
    assertThat(next(atBobsPhone).text()).isEqualTo("hello");
    PhoneMessage copy = next(atAnnsPhone);
    assertThat(copy.text()).isEqualTo("hello");
    assertThat(copy.to()).isEqualTo(bobsPhone.pn());
    // the receipt of a quick recipient may overtake the ack
    assertThat(sent.status()).isIn(MessageStatus.SENT, MessageStatus.DELIVERED);
    assertThat(ann.event(Event.MessageSent.class).message().id()).isEqualTo(sent.id());
    assertThat(awaitStatus(ann, sent.id())).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void whatAPhoneWritesReachesTheOtherSideAndItsOwnClient() throws Exception {
    String id = annsPhone.sendText(bobsPhone.pn(), "from the phone");

    assertThat(received(bob).id()).isEqualTo(new MessageId(id));
    ChatMessage own = ann.event(Event.MessageSent.class).message();
    assertThat(own.text()).isEqualTo("from the phone");
    assertThat(own.chat()).isEqualTo(bobsPhone.pn());
    assertThat(own.origin()).isEqualTo(Origin.OTHER_DEVICE);
  }

  @Test
  void aNoteToSelfReachesThePhone() throws Exception {
    ann.client.send(OutgoingMessage.text(annsPhone.pn(), "milk"));

    assertThat(next(atAnnsPhone).text()).isEqualTo("milk");
  }

  @Test
  void aReplyQuotesWhatItAnswers() throws Exception {
    annToBob("shall we?");
    ChatMessage question = received(bob);

    bob.client.send(OutgoingMessage.text(question.chat(), "yes").answering(question));

    ChatMessage answer = received(ann);
    assertThat(answer.text()).isEqualTo("yes");
    ChatMessage.Quote quote = answer.quote().orElseThrow();
    assertThat(quote.id()).isEqualTo(question.id());
    assertThat(quote.text()).isEqualTo("shall we?");
    assertThat(quote.participant()).isEqualTo(annsPhone.pn());
  }

  @Test
  void twoHundredMessagesAlternateWithoutALoss() throws Exception {
    for (int i = 0; i < 100; i++) {
      annToBob("a" + i);
      assertThat(received(bob).text()).isEqualTo("a" + i);
      bob.client.send(OutgoingMessage.text(annsPhone.pn(), "b" + i));
      assertThat(received(ann).text()).isEqualTo("b" + i);
    }
  }

  @Test
  void burstsInBothDirectionsArriveInOrder() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var fromAnn = threads.submit(() -> burst(ann, bobsPhone.pn()));
      var fromBob = threads.submit(() -> burst(bob, annsPhone.pn()));
      fromAnn.get();
      fromBob.get();
    }
    List<String> expected = IntStream.range(0, 200).mapToObj(i -> "n" + i).toList();
    assertThat(texts(bob, 200)).isEqualTo(expected);
    assertThat(texts(ann, 200)).isEqualTo(expected);
  }

  private static int burst(LinkedClient from, Jid to) throws Exception {
    for (int i = 0; i < 200; i++) {
      from.client.send(OutgoingMessage.text(to, "n" + i));
    }
    return 200;
  }

  private static List<String> texts(LinkedClient client, int count) throws Exception {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(received(client).text());
    }
    return texts;
  }

  @Test
  void manyAtOnceAllArriveOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<ChatMessage>> sends =
          IntStream.range(0, 200)
              .<Callable<ChatMessage>>mapToObj(i -> () -> annToBob("n" + i))
              .toList();
      for (var sent : threads.invokeAll(sends)) {
        assertThat(sent.get().status()).isGreaterThanOrEqualTo(MessageStatus.SENT);
      }
    }
    assertThat(new HashSet<>(texts(bob, 200))).hasSize(200);
  }

  @Test
  void whatIsSentWhileTheOtherIsAwayArrivesAfterItsReturn() throws Exception {
    annToBob("sets up");
    received(bob);
    bob.client.disconnect();
    for (int i = 0; i < 20; i++) {
      annToBob("q" + i);
    }
    bob.client.connect();

    for (int i = 0; i < 20; i++) {
      ChatMessage message = received(bob);
      assertThat(message.text()).isEqualTo("q" + i);
      assertThat(message.origin()).isEqualTo(Origin.OFFLINE);
    }
  }

  @Test
  void aDamagedMessageIsAskedForAgainAndArrives() throws Exception {
    annToBob("sets up");
    received(bob);
    simulator
        .faults()
        .arm(
            Rule.once(Match.outgoing("message").of(bobsDevice.pn()), new Action.CorruptEnc())
                .times(2));

    ChatMessage sent = annToBob("hello");

    assertThat(bob.event(Event.MessageUndecryptable.class).attempts()).isEqualTo(1);
    var second = bob.event(Event.MessageUndecryptable.class);
    assertThat(second.attempts()).isEqualTo(2);
    assertThat(second.id()).isEqualTo(sent.id());
    ChatMessage arrived = received(bob);
    assertThat(arrived.id()).isEqualTo(sent.id());
    assertThat(arrived.text()).isEqualTo("hello");
    annToBob("goes on");
    assertThat(received(bob).text()).isEqualTo("goes on");
  }

  @Test
  void aPhoneAnswersAndAsksForRetriesToo() throws Exception {
    bobsPhone.sendText(annsPhone.pn(), "sets up");
    received(ann);
    simulator
        .faults()
        .arm(Rule.once(Match.outgoing("message").of(annsDevice.pn()), new Action.CorruptEnc()));

    String id = bobsPhone.sendText(annsPhone.pn(), "hello");

    assertThat(ann.event(Event.MessageUndecryptable.class).id()).isEqualTo(new MessageId(id));
    assertThat(received(ann).text()).isEqualTo("hello");
  }

  private OutgoingMessage withId(String id, String text) {
    return OutgoingMessage.text(bobsPhone.pn(), text).withId(new MessageId(id));
  }

  @Test
  void aLostReceiptLeadsToARedeliveryAndNoSecondEvent() throws Exception {
    annToBob("sets up");
    received(bob);
    simulator
        .faults()
        .arm(
            Rule.once(
                Match.incoming("receipt").of(bobsDevice.pn()).withId("LOSTRECEIPT"),
                new Action.CutBefore()));

    ann.client.send(withId("LOSTRECEIPT", "hello"));
    assertThat(received(bob).text()).isEqualTo("hello");
    bob.awaitState(Status.CONNECTED);
    annToBob("last");

    assertThat(received(bob).text()).isEqualTo("last");
    assertThat(simulator.ledger(bobsDevice.pn()))
        .filteredOn(delivery -> delivery.id().equals("LOSTRECEIPT"))
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.times()).isEqualTo(2))
        .satisfies(delivery -> assertThat(delivery.acknowledged()).isTrue());
  }

  @Test
  void aLostAckLeadsToAnotherCopyUnderTheSameIdThatIsShownOnce() throws Exception {
    annToBob("sets up");
    received(bob);
    simulator
        .faults()
        .arm(
            Rule.once(
                Match.outgoing("ack").of(annsDevice.pn()).withId("LOSTACK"),
                new Action.CutBefore()));

    assertThatThrownBy(() -> ann.client.send(withId("LOSTACK", "hello")))
        .isInstanceOf(OutcomeUnknown.class);

    while (!ann.event(Event.MessageSent.class).message().id().value().equals("LOSTACK")) {
      // the event of the message before may come late
    }
    assertThat(received(bob).text()).isEqualTo("hello");
    annToBob("last");
    assertThat(received(bob).text()).isEqualTo("last");
  }

  @Test
  void aStanzaTheServerRepeatsIsOneEvent() throws Exception {
    annToBob("sets up");
    received(bob);
    simulator
        .faults()
        .arm(
            Rule.once(Match.outgoing("message").of(bobsDevice.pn()), new Action.Duplicate())
                .times(10));

    for (int i = 0; i < 10; i++) {
      annToBob("n" + i);
    }

    assertThat(texts(bob, 10)).isEqualTo(IntStream.range(0, 10).mapToObj(i -> "n" + i).toList());
    annToBob("last");
    assertThat(received(bob).text()).isEqualTo("last");
  }

  @Test
  void withoutOneTimePreKeysAConversationBeginsToo() throws Exception {
    assertThat(simulator.faults().consumePreKeys(bobsDevice.pn())).isPositive();

    annToBob("hello");

    assertThat(received(bob).text()).isEqualTo("hello");
  }

  @Test
  void refusalsAreTold() throws Exception {
    assertThatThrownBy(() -> ann.client.send(OutgoingMessage.text(Jid.pn("15559999999"), "x")))
        .isInstanceOfSatisfying(Rejected.class, e -> assertThat(e.code()).isEqualTo(404));

    simulator
        .faults()
        .arm(Rule.once(Match.incoming("message").of(annsDevice.pn()), new Action.AckError(463)));
    assertThatThrownBy(() -> annToBob("x"))
        .isInstanceOfSatisfying(Rejected.class, e -> assertThat(e.code()).isEqualTo(463));

    var changed = ann.event(Event.MessageStatusChanged.class);
    assertThat(changed.status()).isEqualTo(MessageStatus.FAILED);
    assertThat(changed.code()).contains(463);
    annToBob("goes on");
    assertThat(received(bob).text()).isEqualTo("goes on");
  }

  @Test
  void aRestartedClientGoesOnWithItsRatchets() throws Exception {
    annToBob("one");
    received(bob);
    bob.client.send(OutgoingMessage.text(annsPhone.pn(), "two"));
    received(ann);

    ann.restart();
    ann.client.connect();
    ann.awaitState(Status.CONNECTED);
    annToBob("three");

    assertThat(received(bob).text()).isEqualTo("three");
    bob.client.send(OutgoingMessage.text(annsPhone.pn(), "four"));
    assertThat(received(ann).text()).isEqualTo("four");
  }

  @Test
  void cutsAtAnyPointLoseAndDoubleNothing() throws Exception {
    annToBob("sets up");
    received(bob);
    var chance = new Random(7);
    for (int round = 0; round < 8; round++) {
      var match =
          switch (chance.nextInt(4)) {
            case 0 -> Match.incoming("message").of(annsDevice.pn());
            case 1 -> Match.outgoing("ack").of(annsDevice.pn());
            case 2 -> Match.outgoing("message").of(bobsDevice.pn());
            default -> Match.incoming("receipt").of(bobsDevice.pn());
          };
      Action cut = chance.nextBoolean() ? new Action.CutBefore() : new Action.CutAfter();
      simulator.faults().arm(Rule.once(match, cut).after(chance.nextInt(5)));
      for (int i = 0; i < 10; i++) {
        sendThroughCuts(withId("R" + round + "M" + i, "text " + round + " " + i));
      }
    }

    var texts = new HashSet<String>();
    for (int i = 0; i < 80; i++) {
      assertThat(texts.add(received(bob).text())).isTrue();
    }
    annToBob("last");
    assertThat(received(bob).text()).isEqualTo("last");
  }

  /// What has an unknown outcome is sent again by the client itself.
  private void sendThroughCuts(OutgoingMessage text) throws Exception {
    while (true) {
      try {
        ann.client.send(text);
        return;
      } catch (OutcomeUnknown _) {
        return;
      } catch (NotConnected _) {
        ann.awaitState(Status.CONNECTED);
      }
    }
  }
}
