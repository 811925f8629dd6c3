package wildcat.protocol.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;

class RatchetRecordTest {
  private Party a;
  private Party b;

  @BeforeEach
  void acquaint() throws Exception {
    Party[] pair = Party.acquainted(20);
    a = pair[0];
    b = pair[1];
  }

  @Test
  void whatIsEncodedDecodesToTheSame() throws Exception {
    b.receive(a.send("seen"));
    a.send("unseen");
    a.send("unseen");
    b.receive(a.send("seen"));
    b.initiate(a.bundle());
    RatchetRecord record = b.record.orElseThrow();
    RatchetRecord decoded = RatchetRecord.decode(record.encode());
    assertThat(decoded.encode()).isEqualTo(record.encode());
    assertThat(decoded.states()).hasSize(2);
    assertThat(decoded.baseKey()).isEqualTo(record.baseKey());
    assertThat(decoded.remoteIdentity()).isEqualTo(a.local.keys().publicKey());
    assertThat(decoded.remoteRegistrationId()).isEqualTo(a.local.registrationId());
    assertThat(decoded.isUnacknowledged()).isTrue();
  }

  @Test
  void aConversationGoesOnWithDecodedRecords() throws Exception {
    for (int i = 0; i < 10; i++) {
      a.record = Optional.of(RatchetRecord.decode(a.record.orElseThrow().encode()));
      b.record = Optional.of(RatchetRecord.decode(b.record.orElseThrow().encode()));
      a.send("unseen");
      assertThat(b.receive(a.send("a" + i))).isEqualTo("a" + i);
      assertThat(a.receive(b.send("b" + i))).isEqualTo("b" + i);
    }
  }

  @Test
  void aRecordInUseIsSmall() throws Exception {
    for (int i = 0; i < 10; i++) {
      b.receive(a.send("a"));
      a.receive(b.send("b"));
    }
    assertThat(a.record.orElseThrow().encode().length()).isLessThan(600);
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] encoded = a.record.orElseThrow().encode().toArray();
    for (int bit = 0; bit < 8 * encoded.length; bit++) {
      byte[] flipped = encoded.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertUnreadable(flipped);
    }
  }

  @Test
  void aRecordCutShortOrGrownIsUnreadable() {
    byte[] encoded = a.record.orElseThrow().encode().toArray();
    for (int length = 0; length < encoded.length + 10; length++) {
      if (length != encoded.length) {
        assertUnreadable(Arrays.copyOf(encoded, length));
      }
    }
  }

  @Test
  void anotherVersionIsNamed() {
    byte[] encoded = a.record.orElseThrow().encode().toArray();
    encoded[0] = 2;
    assertThatThrownBy(() -> RatchetRecord.decode(sealed(encoded)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("a ratchet record has version 2, this program reads 1");
  }

  @Test
  void garbageUnderAValidChecksumIsUnreadableOrARecordButNothingElse() throws Exception {
    byte[] encoded = a.record.orElseThrow().encode().toArray();
    var random = new Random(21);
    int readable = 0;
    int unreadable = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = Arrays.copyOf(encoded, random.nextInt(6, encoded.length + 50));
      for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
        garbage[random.nextInt(1, garbage.length)] = (byte) random.nextInt();
      }
      try {
        RatchetRecord record = RatchetRecord.decode(sealed(garbage));
        assertThat(RatchetRecord.decode(record.encode()).encode()).isEqualTo(record.encode());
        readable++;
      } catch (UnreadableRecord e) {
        unreadable++;
      }
    }
    assertThat(unreadable).isPositive();
    assertThat(readable).isPositive(); // a changed key is still a key
  }

  @Test
  void aRecordPrintsNoSecret() {
    assertThat(a.record.orElseThrow()).hasToString("ratchet record of 1 states");
  }

  private static Bytes sealed(byte[] encoded) {
    var crc = new CRC32C();
    crc.update(encoded, 0, encoded.length - 4);
    ByteBuffer.wrap(encoded).putInt(encoded.length - 4, (int) crc.getValue());
    return Bytes.copyOf(encoded);
  }

  private static void assertUnreadable(byte[] encoded) {
    assertThatThrownBy(() -> RatchetRecord.decode(Bytes.copyOf(encoded)))
        .isInstanceOf(UnreadableRecord.class);
  }
}
