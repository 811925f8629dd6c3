package wildcat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.simulator.Settings;
import wildcat.simulator.Simulator;
import wildcat.simulator.fault.Action;
import wildcat.simulator.fault.Match;
import wildcat.simulator.fault.Rule;
import wildcat.simulator.phone.LinkedDevice;
import wildcat.simulator.phone.VirtualPhone;

/// The client library links, logs in, comes back and is unlinked, over TCP against the simulator.
final class LinkingTest {
  private Simulator simulator;
  private VirtualPhone phone;
  private LinkedClient ann;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults());
    phone = simulator.phone("Ann");
    ann = new LinkedClient(simulator, "ann");
  }

  @AfterEach
  void stop() {
    ann.close();
    assertThat(simulator.counters().unknownStanzas()).isEmpty();
    assertThat(simulator.counters().violations()).isEmpty();
    assertThat(simulator.counters().decodeErrors()).isZero();
    simulator.close();
  }

  private LinkedDevice link() throws Exception {
    ann.client.connect();
    LinkedDevice device = phone.scan(ann.code());
    ann.awaitState(Status.CONNECTED);
    return device;
  }

  @Test
  void phoneScansTheCodeAndTheClientLogsIn() throws Exception {
    ann.client.connect();
    LinkedDevice device = phone.scan(ann.code());
    Event.Linked linked = ann.event(Event.Linked.class);
    assertThat(linked.pn()).isEqualTo(device.pn());
    assertThat(linked.lid()).isEqualTo(device.lid());
    ann.awaitState(Status.CONNECTED);
    assertThat(phone.devices()).containsExactly(device);
    assertThat(simulator.counters().logins()).isOne();
    assertThat(ann.client.linkCode()).isEmpty();
  }

  @Test
  void cutConnectionComesBackByItself() throws Exception {
    LinkedDevice device = link();
    for (int i = 0; i < 3; i++) {
      assertThat(simulator.faults().cut(device.pn())).isTrue();
      ann.awaitState(Status.RECONNECTING);
      ann.awaitState(Status.CONNECTED);
    }
    assertThat(simulator.counters().logins()).isEqualTo(4);
  }

  @Test
  void restartedClientLogsInWithoutANewLinking() throws Exception {
    LinkedDevice device = link();
    ann.restart();
    ann.client.connect();
    ann.awaitState(Status.CONNECTED);
    assertThat(phone.devices()).containsExactly(device);
  }

  @Test
  void disconnectedClientStaysLinkedAndAway() throws Exception {
    link();
    ann.client.disconnect();
    assertThat(ann.client.state().status()).isEqualTo(Status.DISCONNECTED);
    ann.client.connect();
    ann.awaitState(Status.CONNECTED);
    assertThat(phone.devices()).hasSize(1);
  }

  @Test
  void phoneUnlinksTheConnectedClientAndLinksItAgain() throws Exception {
    LinkedDevice first = link();
    assertThat(phone.unlink(first)).isTrue();
    ann.awaitState(Status.LOGGED_OUT);
    assertThat(ann.account.credentials()).isEmpty();

    LinkedDevice second = link();
    assertThat(second).isNotEqualTo(first);
    assertThat(phone.devices()).containsExactly(second);
  }

  @Test
  void phoneUnlinksTheClientWhileItIsAway() throws Exception {
    LinkedDevice device = link();
    ann.client.disconnect();
    assertThat(phone.unlink(device)).isTrue();
    ann.client.connect();
    ann.awaitState(Status.LOGGED_OUT);
    assertThat(ann.account.credentials()).isEmpty();
  }

  @Test
  void clientUnlinksItself() throws Exception {
    link();
    ann.client.logout();
    assertThat(ann.client.state().status()).isEqualTo(Status.LOGGED_OUT);
    assertThat(phone.devices()).isEmpty();
    assertThat(ann.account.credentials()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500", "503"})
  void loginThatFailsForAWhileIsRepeated(int reason) throws Exception {
    LinkedDevice device = link();
    simulator.faults().arm(Rule.once(Match.incoming("login"), new Action.Failure(reason)).times(2));
    simulator.faults().cut(device.pn());
    ann.awaitState(Status.RECONNECTING);
    ann.awaitState(Status.CONNECTED);
  }

  @ParameterizedTest
  @CsvSource({"401, LOGGED_OUT", "403, LOGGED_OUT", "406, BANNED", "409, DISCONNECTED"})
  void loginThatFailsForGoodStops(int reason, Status status) throws Exception {
    LinkedDevice device = link();
    simulator.faults().arm(Rule.once(Match.incoming("login"), new Action.Failure(reason)));
    simulator.faults().cut(device.pn());
    ann.awaitState(status);
  }

  @Test
  void streamErrorsThatPassAreFollowedByANewLogin() throws Exception {
    link();
    for (int code : List.of(515, 503, 500)) {
      simulator
          .faults()
          .arm(
              Rule.once(Match.incoming("iq").inNamespace("passive"), new Action.StreamError(code)));
      ann.client.disconnect();
      ann.client.connect();
      ann.awaitState(Status.CONNECTED);
    }
  }

  @Test
  void secondInstanceOfTheDeviceTakesOverAndTheFirstDoesNotFightBack() throws Exception {
    link();
    try (var other = new LinkedClient(simulator, ann.account)) {
      other.client.connect();
      other.awaitState(Status.CONNECTED);
      ann.awaitState(Status.CONFLICT);
    }
  }
}
