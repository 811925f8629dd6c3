package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

class AcksTest {
  private static final Jid GROUP = Jid.group("120363");
  private static final Jid ANN = Jid.lid("100000000000002").withDevice(4);

  @Test
  void addressesAreMirroredInTheirWireForm() {
    Node ack =
        Acks.of(
            Node.of("notification")
                .with("id", "N1")
                .with("type", "w:gp2")
                .with("from", GROUP)
                .with("participant", ANN)
                .with("t", 5));

    assertThat(ack)
        .isEqualTo(
            Node.of("ack")
                .with("class", "notification")
                .with("id", "N1")
                .with("type", "w:gp2")
                .with("to", GROUP)
                .with("participant", ANN));
  }

  @Test
  void aMessagesTypeIsNotCopied() {
    Node ack =
        Acks.of(Node.of("message").with("id", "M1").with("from", ANN).with("type", "text"), 487);

    assertThat(ack)
        .isEqualTo(
            Node.of("ack")
                .with("class", "message")
                .with("id", "M1")
                .with("to", ANN)
                .with("error", 487));
  }
}
