package wildcat.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Limits;
import wildcat.simulator.world.World;

class FaultsTest {
  private static final Jid PN = Jid.pn("15550000001").withDevice(1);
  private static final Jid LID = Jid.lid("100000000000001").withDevice(1);
  private static final Node MESSAGE = Node.of("message").with("id", "1").with("type", "text");

  private final Faults faults =
      new Faults(new World(Clock.systemUTC(), 1, Curve.standard(), Limits.DEFAULTS));

  private boolean strikes(Node stanza) {
    return faults.strike(Direction.INCOMING, PN, LID, stanza).isPresent();
  }

  @Test
  void aRuleFiresTheExactNumberOfTimesAfterTheSkippedOnes() {
    faults.arm(Rule.once(Match.incoming("message"), new Action.Drop()).after(1).times(2));
    assertThat(strikes(MESSAGE)).isFalse();
    assertThat(strikes(Node.of("iq"))).isFalse();
    assertThat(strikes(MESSAGE)).isTrue();
    assertThat(strikes(MESSAGE)).isTrue();
    assertThat(strikes(MESSAGE)).isFalse();
    assertThat(faults.armed()).singleElement().extracting(Faults.Armed::fired).isEqualTo(2);
  }

  @Test
  void theFirstMatchingRuleCountsAndTheNextTakesOverWhenItIsSpent() {
    faults.arm(Rule.once(Match.incoming("message"), new Action.Drop()));
    faults.arm(Rule.once(Match.incoming(""), new Action.Duplicate()));
    assertThat(faults.strike(Direction.INCOMING, PN, LID, MESSAGE)).contains(new Action.Drop());
    assertThat(faults.strike(Direction.INCOMING, PN, LID, MESSAGE))
        .contains(new Action.Duplicate());
  }

  @Test
  void everyPartOfAMatchCounts() {
    var all = Match.incoming("message").ofType("text").withChild("enc").withId("1");
    Node whole = MESSAGE.containing(Node.of("enc"));
    faults.arm(Rule.once(all, new Action.Drop()));
    assertThat(faults.strike(Direction.OUTGOING, PN, LID, whole)).isEmpty();
    assertThat(strikes(MESSAGE)).isFalse();
    assertThat(strikes(whole.with("type", "media"))).isFalse();
    assertThat(strikes(whole.with("id", "2"))).isFalse();
    assertThat(strikes(whole)).isTrue();
  }

  @Test
  void aDeviceIsNamedByUserOrDeviceInEitherForm() {
    for (Jid name : new Jid[] {PN, LID, PN.withoutDevice(), LID.withoutDevice()}) {
      faults.arm(Rule.once(Match.incoming("").of(name), new Action.Drop()));
      assertThat(strikes(MESSAGE)).as(name.server()).isTrue();
    }
    faults.arm(Rule.once(Match.incoming("").of(PN.withDevice(2)), new Action.Drop()));
    assertThat(strikes(MESSAGE)).isFalse();
  }

  @Test
  void clearingForgetsAll() {
    faults.arm(Rule.once(Match.incoming(""), new Action.Drop()));
    faults.clear();
    assertThat(strikes(MESSAGE)).isFalse();
    assertThat(faults.armed()).isEmpty();
  }
}
