package wildcat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.Ratchet;

/// Random conversations over a bad network, each device on both implementations at once.
@Timeout(3600)
class ConversationsAgainstSignalTest {
  private static final int CONVERSATIONS = 52;
  private static final int STEPS = 200;

  private enum Event {
    SENT,
    OPENED,
    OPENED_LATE,
    DUPLICATE,
    UNKNOWN_PRE_KEY,
    REFUSED,
    LOST,
    INITIATED,
    INITIATED_BY_BOTH
  }

  private record Letter(Bytes plaintext, Packet packet) {}

  /// One direction: what is under way and what has arrived.
  private static final class Wire {
    final Twin sender;
    final Twin receiver;
    final List<Letter> underWay = new ArrayList<>();
    final List<Letter> arrived = new ArrayList<>();
    Optional<PreKeyBundle> lastBundle = Optional.empty();

    Wire(Twin sender, Twin receiver) {
      this.sender = sender;
      this.receiver = receiver;
    }
  }

  private final Map<Event, Integer> events = new EnumMap<>(Event.class);

  @Test
  void bothImplementationsDoTheSameInEveryStep() throws Exception {
    var stepRandom = new StepRandom();
    int conversations = Oracle.scaled(CONVERSATIONS);
    try (var _ = stepRandom.install()) {
      for (int i = 0; i < conversations; i++) {
        converse(stepRandom, Oracle.seed() + i);
      }
    }
    System.out.println(conversations * STEPS + " steps: " + events);
    assertThat(conversations * STEPS).isGreaterThanOrEqualTo(10_000);
    for (Event event : Event.values()) {
      assertThat(events).as("each kind of step occurred").containsKey(event);
    }
    assertThat(count(Event.OPENED) + count(Event.OPENED_LATE))
        .isGreaterThan(conversations * STEPS / 4);
  }

  private void converse(StepRandom stepRandom, long seed) throws Exception {
    var random = new Random(seed);
    var a = new Twin(stepRandom, random);
    var b = new Twin(stepRandom, random);
    Wire[] wires = {new Wire(a, b), new Wire(b, a)};
    a.initiate(b.bundle(random.nextBoolean()));
    for (int step = 0; step < STEPS; step++) {
      Wire wire = wires[random.nextInt(2)];
      try {
        step(wire, random);
      } catch (AssertionError | Exception e) {
        throw new AssertionError(
            "step " + step + " of the conversation; repeat with -Dwildcat.oracle.seed=" + seed, e);
      }
    }
  }

  private void step(Wire wire, Random random) throws Exception {
    int dice = random.nextInt(100);
    if (dice < 42) {
      send(wire, random);
    } else if (dice < 75 && !wire.underWay.isEmpty()) {
      // in order twice out of three
      int index = random.nextInt(3) > 0 ? 0 : random.nextInt(wire.underWay.size());
      deliver(wire, index);
    } else if (dice < 82 && !wire.underWay.isEmpty()) {
      deliver(wire, wire.underWay.size() - 1);
    } else if (dice < 88 && !wire.arrived.isEmpty()) {
      Letter again = wire.arrived.get(random.nextInt(wire.arrived.size()));
      note(wire.receiver.receive(again.packet()), again.plaintext(), true);
    } else if (dice < 91 && !wire.underWay.isEmpty()) {
      wire.underWay.remove(random.nextInt(wire.underWay.size()));
      count(Event.LOST, 1);
    } else if (dice < 95 && !wire.underWay.isEmpty()) {
      Letter letter = wire.underWay.get(random.nextInt(wire.underWay.size()));
      note(wire.receiver.receive(damaged(letter.packet(), random)), letter.plaintext(), true);
    } else if (dice < 97) {
      initiate(wire, random);
    } else if (dice < 98) {
      wire.sender.initiate(wire.receiver.bundle(true));
      wire.receiver.initiate(wire.sender.bundle(true));
      count(Event.INITIATED_BY_BOTH, 1);
    }
  }

  private void initiate(Wire wire, Random random) throws Exception {
    // one out of five times the server hands the last bundle out again, one-time key included
    if (wire.lastBundle.isEmpty() || random.nextInt(5) > 0) {
      wire.lastBundle = Optional.of(wire.receiver.bundle(random.nextBoolean()));
    }
    wire.sender.initiate(wire.lastBundle.get());
    count(Event.INITIATED, 1);
  }

  private void send(Wire wire, Random random) throws Exception {
    if (!wire.sender.hasRatchet()) {
      initiate(wire, random);
    }
    for (int count = random.nextInt(40) == 0 ? 60 : 1; count > 0; count--) {
      var text = new byte[random.nextInt(100)];
      random.nextBytes(text);
      Bytes plaintext = Bytes.wrap(text);
      wire.underWay.add(new Letter(plaintext, wire.sender.send(plaintext)));
      count(Event.SENT, 1);
    }
  }

  private void deliver(Wire wire, int index) throws Exception {
    Letter letter = wire.underWay.remove(index);
    wire.arrived.add(letter);
    note(wire.receiver.receive(letter.packet()), letter.plaintext(), index > 0);
  }

  private void note(Outcome outcome, Bytes plaintext, boolean late) {
    switch (outcome) {
      case Outcome.Opened opened -> {
        assertThat(opened.plaintext()).isEqualTo(plaintext);
        count(late ? Event.OPENED_LATE : Event.OPENED, 1);
      }
      case Outcome.Duplicate _ -> count(Event.DUPLICATE, 1);
      case Outcome.UnknownPreKey _ -> count(Event.UNKNOWN_PRE_KEY, 1);
      case Outcome.Refused _ -> count(Event.REFUSED, 1);
    }
  }

  /// With one bit flipped, or cut, or under the other label.
  private static Packet damaged(Packet packet, Random random) {
    byte[] message = packet.message().toArray();
    switch (random.nextInt(4)) {
      case 0 -> message = Arrays.copyOf(message, random.nextInt(message.length));
      case 1 -> {
        Ratchet.Kind other =
            switch (packet.kind()) {
              case MESSAGE -> Ratchet.Kind.PRE_KEY_MESSAGE;
              case PRE_KEY_MESSAGE -> Ratchet.Kind.MESSAGE;
            };
        return new Packet(other, packet.message());
      }
      default -> {
        int at = random.nextInt(message.length);
        if (packet.kind() == Ratchet.Kind.PRE_KEY_MESSAGE && isInBaseKey(message, at)) {
          return packet;
        }
        message[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return new Packet(packet.kind(), Bytes.wrap(message));
  }

  /// A changed base key names another set-up, which fails. Signal's library then tries the message
  /// within on its former states, succeeds, and archives the failed set-up; ours refuses. That is the
  /// one difference, and it is wanted.
  private static boolean isInBaseKey(byte[] envelope, int at) {
    int preKeyIdBytes = envelope[1] == 8 ? 2 : 0;
    int from = 1 + preKeyIdBytes + 2;
    return at >= from && at < from + 33;
  }

  private void count(Event event, int by) {
    events.merge(event, by, Integer::sum);
  }

  private int count(Event event) {
    return events.getOrDefault(event, 0);
  }
}
