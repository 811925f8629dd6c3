package wildcat.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.fake.FakeLink;
import wildcat.client.fake.FakePhone;
import wildcat.client.fake.Harness;
import wildcat.protocol.node.Node;

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
}
