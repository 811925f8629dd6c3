package wildcat.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

class UsedMessageKeysTest {
  private static final Jid TARGET = Jid.lid("100000087654321").withDevice(7);

  /// Protocol notes 04, section 4.6: the ciphertext of libsignal's first message.
  private static final String MESSAGE =
      "330a21059a4503a98ab10fe8d354c9c42cbd0c9d7944f52e7d14d8ea59775e7dc9e3bf4b100018002210"
          + "e89f024cdcfd8fbb88d4f285d5bb85ddaddd1ca650cadd0d";

  /// The same in its pre-key envelope, without its constant keys.
  private static final String ENVELOPED = "3308052242" + MESSAGE + "28b4243001";

  private final UsedMessageKeys keys = new UsedMessageKeys(2);

  private boolean note(Jid target, String kind, String hex) {
    return keys.note(target, kind, Bytes.ofHex(hex));
  }

  @Test
  void theSameBytesAreARepetition() {
    assertThat(note(TARGET, "msg", MESSAGE)).isTrue();
    assertThat(note(TARGET, "msg", MESSAGE)).isTrue();
  }

  @Test
  void anotherCiphertextUnderTheSameKeyIsFound() {
    note(TARGET, "msg", MESSAGE);
    assertThat(note(TARGET, "msg", MESSAGE.replace("e89f02", "e89f03"))).isFalse();
    assertThat(note(TARGET, "pkmsg", ENVELOPED)).isFalse();
  }

  @Test
  void anotherCounterOrDeviceIsAnotherKey() {
    note(TARGET, "msg", MESSAGE);
    assertThat(note(TARGET, "msg", MESSAGE.replace("10001800", "10011800"))).isTrue();
    assertThat(note(TARGET.withDevice(8), "msg", MESSAGE.replace("e89f02", "e89f03"))).isTrue();
  }

  @Test
  void onlyTheNewestAreRemembered() {
    note(TARGET, "msg", MESSAGE);
    note(TARGET, "msg", MESSAGE.replace("10001800", "10011800"));
    note(TARGET, "msg", MESSAGE.replace("10001800", "10021800"));
    assertThat(note(TARGET, "msg", MESSAGE.replace("e89f02", "e89f03"))).isTrue();
  }

  @Test
  void whatDoesNotParseIsLeftToItsReceiver() {
    assertThat(note(TARGET, "msg", "33")).isTrue();
    assertThat(note(TARGET, "msg", "330aff")).isTrue();
    assertThat(note(TARGET, "skmsg", "")).isTrue();
  }
}
