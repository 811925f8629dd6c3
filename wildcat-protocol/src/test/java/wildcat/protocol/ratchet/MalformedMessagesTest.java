package wildcat.protocol.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.ratchet.Ratchet.Kind;
import wildcat.protocol.ratchet.Ratchet.Sealed;

/// Whatever arrives, the only failure is [CannotDecrypt] and the record stays what it was.
class MalformedMessagesTest {
  private Party a;
  private Party b;

  @BeforeEach
  void acquaint() throws Exception {
    Party[] pair = Party.acquainted(30);
    a = pair[0];
    b = pair[1];
  }

  @Test
  void everyTruncationIsRefused() throws Exception {
    byte[] message = a.send("text").message().toArray();
    a.initiate(b.bundle());
    byte[] envelope = a.send("text").message().toArray();
    Bytes before = b.record.orElseThrow().encode();
    for (int length = 0; length < message.length; length++) {
      assertRefused(Kind.MESSAGE, Arrays.copyOf(message, length));
    }
    for (int length = 0; length < envelope.length; length++) {
      assertRefused(Kind.PRE_KEY_MESSAGE, Arrays.copyOf(envelope, length));
    }
    assertThat(b.record.orElseThrow().encode()).isEqualTo(before);
  }

  @Test
  void randomBytesAreRefused() {
    var random = new Random(31);
    for (int i = 0; i < 20_000; i++) {
      var garbage = new byte[random.nextInt(120)];
      random.nextBytes(garbage);
      if (garbage.length > 0) {
        garbage[0] = 0x33;
      }
      assertRefused(Kind.MESSAGE, garbage);
      assertRefused(Kind.PRE_KEY_MESSAGE, garbage);
    }
  }

  @Test
  void changedEnvelopesAreRefusedOrReadAsBefore() throws Exception {
    a.initiate(b.bundle());
    Sealed sealed = a.send("text");
    byte[] envelope = sealed.message().toArray();
    var random = new Random(32);
    for (int i = 0; i < 1_000; i++) {
      byte[] changed = envelope.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        // the envelope's registration id is not authenticated, all the rest is
        assertThat(b.open(Kind.PRE_KEY_MESSAGE, changed).plaintext().utf8()).isEqualTo("text");
      } catch (CannotDecrypt e) {
        assertThat(e.reason()).isNotEqualTo(CannotDecrypt.Reason.DUPLICATE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "330affffffffffffffffff7f0000000000000000", // a length of 2^63 - 1
        "330affffffffffffffffffff010000000000000000", // of -1
        "330affffffff0f0000000000000000", // of 2^32 - 1
        "330a080000000000000000", // longer than what is left before the MAC
        "3312ffffffffffffffffffffff010000000000000000", // a number of 11 bytes
        "330b0c0000000000000000", // a group
        "33000a0000000000000000", // field number 0
        "3308000000000000000000", // the ratchet key as a number
        "330000000000000000", // nothing before the MAC
      })
  void lengthsAndTypesThatCannotBeAreMalformed(String message) {
    assertThatThrownBy(() -> b.open(Kind.MESSAGE, HexFormat.of().parseHex(message)))
        .isInstanceOfSatisfying(
            CannotDecrypt.class,
            e -> assertThat(e.reason()).isEqualTo(CannotDecrypt.Reason.MALFORMED));
  }

  @Test
  void aMessageWithoutCounterIsNoDuplicateOfTheFirst() throws Exception {
    Sealed first = a.send("first");
    b.receive(first);
    byte[] message = first.message().toArray();
    assertThat(message[36]).isEqualTo((byte) 0x10); // the tag of the counter
    message[36] = 0x30; // of a field nobody knows
    assertThatThrownBy(() -> b.open(Kind.MESSAGE, message))
        .isInstanceOfSatisfying(
            CannotDecrypt.class,
            e -> assertThat(e.reason()).isEqualTo(CannotDecrypt.Reason.MALFORMED));
  }

  private void assertRefused(Kind kind, byte[] message) {
    assertThatThrownBy(() -> b.open(kind, message)).isInstanceOf(CannotDecrypt.class);
  }
}
