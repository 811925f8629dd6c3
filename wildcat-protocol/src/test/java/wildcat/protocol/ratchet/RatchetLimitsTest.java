package wildcat.protocol.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.protocol.ratchet.CannotDecrypt.Reason;
import wildcat.protocol.ratchet.Ratchet.Sealed;

/// Every limit at the limit and one above.
class RatchetLimitsTest {
  private Party a;
  private Party b;

  @BeforeEach
  void acquaint() throws Exception {
    Party[] pair = Party.acquainted(10);
    a = pair[0];
    b = pair[1];
    b.receive(a.send("chain at 1"));
  }

  @Test
  void aMessageMayLie25000Ahead() throws Exception {
    sendUnseen(25_000);
    assertThat(b.receive(a.send("far"))).isEqualTo("far");
  }

  @Test
  void aMessage25001AheadIsTooFar() throws Exception {
    sendUnseen(25_001);
    Sealed tooFar = a.send("too far");
    assertFails(Reason.TOO_FAR_AHEAD, () -> b.receive(tooFar));
  }

  @Test
  void ofTheMessagesPassedOverTheLast2000StayReadable() throws Exception {
    List<Sealed> unseen = sendUnseen(2_001);
    b.receive(a.send("after"));
    assertThat(b.record.orElseThrow().current().skipped()).isEqualTo(2_000);
    assertFails(Reason.DUPLICATE, () -> b.receive(unseen.get(0)));
    assertThat(b.receive(unseen.get(1))).isEqualTo("unseen 1");
    assertThat(b.receive(unseen.get(2_000))).isEqualTo("unseen 2000");
    assertThat(b.record.orElseThrow().current().skipped()).isEqualTo(1_998);
  }

  @Test
  void olderSeedsMakeRoomForNewerOnes() throws Exception {
    List<Sealed> unseen = sendUnseen(1_500);
    b.receive(a.send("seen"));
    List<Sealed> later = sendUnseen(600);
    b.receive(a.send("seen"));
    assertThat(b.record.orElseThrow().current().skipped()).isEqualTo(2_000);
    assertFails(Reason.DUPLICATE, () -> b.receive(unseen.get(99)));
    assertThat(b.receive(unseen.get(100))).isEqualTo("unseen 100");
    assertThat(b.receive(later.get(599))).isEqualTo("unseen 599");
  }

  @Test
  void fiveReceivingChainsAreKept() throws Exception {
    List<Sealed> unseen = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      a.receive(b.send("turn"));
      unseen.add(a.send("text " + i));
      b.receive(a.send("turn"));
    }
    assertThat(b.record.orElseThrow().current().receiving()).hasSize(5);
    // its chain is forgotten, so that it looks like the first message of an unknown one
    assertFails(Reason.BAD_MAC, () -> b.receive(unseen.get(0)));
    assertThat(b.receive(unseen.get(1))).isEqualTo("text 1");
  }

  @Test
  void anArchivedStateLooksNoFurtherThan2000AheadIntoANewChain() throws Exception {
    a.receive(b.send("turn"));
    sendUnseen(2_000);
    Sealed reachable = a.send("reachable");
    Sealed unreachable = a.send("unreachable");
    b.initiate(a.bundle());
    assertThatThrownBy(() -> b.receive(unreachable)).isInstanceOf(CannotDecrypt.class);
    assertThat(b.receive(reachable)).isEqualTo("reachable");
    assertThat(b.receive(unreachable)).isEqualTo("unreachable");
  }

  @Test
  void aRecordKeepsNoMoreSeedsThanOneStateMay() throws Exception {
    for (int i = 0; i < 6; i++) {
      sendUnseen(2_000);
      b.receive(a.send("seen"));
      a.initiate(b.bundle());
      b.receive(a.send("set-up"));
    }
    int skipped = b.record.orElseThrow().states().stream().mapToInt(RatchetState::skipped).sum();
    assertThat(skipped).isEqualTo(10_000);
    assertThat(b.record.orElseThrow().states()).hasSize(6);
    assertThat(b.record.orElseThrow().encode().length()).isLessThan(400 * 1024);
  }

  @Test
  void aCounterBeyond31BitsIsTooFarAhead() {
    RatchetState state = a.record.orElseThrow().current();
    SendingChain sending = state.sending();
    for (int counter : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      byte[] message =
          SignalMessage.unauthenticated(
              new SendingChain(sending.ratchetKey(), sending.chainKey(), counter, 0), new byte[16]);
      assertFails(Reason.TOO_FAR_AHEAD, () -> b.receive(Ratchet.Kind.MESSAGE, message));
    }
  }

  private List<Sealed> sendUnseen(int count) {
    var unseen = new ArrayList<Sealed>(count);
    for (int i = 0; i < count; i++) {
      unseen.add(a.send("unseen " + i));
    }
    return unseen;
  }

  private static void assertFails(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CannotDecrypt.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
