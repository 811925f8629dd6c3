package wildcat.protocol.jid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParticipantHashTest {
  private static final Jid ANN = Jid.lid("100000012345678");
  private static final Jid BOB = Jid.lid("100000087654321");

  /// Computed with whatsmeow's participantListHashV2.
  @Test
  void theHashIsThatOfWhatsmeow() {
    assertThat(ParticipantHash.of(List.of(ANN, ANN.withDevice(7), BOB))).isEqualTo("2:Rj0hp20V");
    assertThat(ParticipantHash.of(List.of())).isEqualTo("2:47DEQpj8");
  }

  @Test
  void neitherOrderNorRepetitionMatters() {
    assertThat(ParticipantHash.of(List.of(BOB, ANN.withDevice(7), ANN, BOB)))
        .isEqualTo("2:Rj0hp20V");
  }

  @Test
  void everyDeviceCounts() {
    assertThat(ParticipantHash.of(List.of(ANN, ANN.withDevice(8), BOB))).isNotEqualTo("2:Rj0hp20V");
  }
}
