package wildcat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.fake.FakeLink;
import wildcat.client.fake.FakePhone;
import wildcat.client.fake.Harness;
import wildcat.client.session.ConnectPermits;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;

final class ClientTest {
  @Test
  void newAccountIsLinkedAndLogsIn() throws Exception {
    try (var h = new Harness()) {
      h.client.connect();
      FakeLink first = h.server.next();
      assertThat(first.payload().hasDevicePairingData()).isTrue();
      first.push(FakePhone.pairDevice("a", 6));
      assertThat(first.take().text("id")).isEqualTo("100");
      String code = h.event(Event.LinkCodeIssued.class).text();
      first.push(h.phone.pairSuccess(code));
      Node answer = first.take();
      assertThat(
              h.phone.accepts(answer, h.account.credentials().orElseThrow().identity().publicKey()))
          .isTrue();
      first.push(Harness.streamError(515));
      FakeLink second = h.nextConnection();
      assertThat(second.payload().getUsername()).isEqualTo(15_551_234_567L);
      second.push(Harness.success());
      h.awaitState(Status.CONNECTED);
      assertThat(h.recorded())
          .containsExactly("connecting", "waiting_for_link", "Linked", "connecting", "connected");
    }
  }

  @Test
  void accountsOfAProcessShareTheRateOfConnecting() throws Exception {
    try (var h = new Harness()) {
      Environment shared =
          new Environment(
              h.environment.server(),
              h.environment.root(),
              h.environment.version(),
              h.server,
              new ConnectPermits(h.time, 1),
              h.time,
              h.time,
              h.environment.random(),
              h.environment.curve());
      var clients = new ArrayList<WildcatClient>();
      for (int i = 0; i < 3; i++) {
        var client =
            new WildcatClient(
                shared, h.store.open(new AccountId("a" + i)), DeviceName.DEFAULT, (_, _) -> {});
        clients.add(client);
        client.connect();
      }
      h.server.next();
      Instant first = h.time.instant();
      h.nextConnection();
      h.nextConnection();
      assertThat(Duration.between(first, h.time.instant()))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
      clients.forEach(WildcatClient::close);
    }
  }
}
