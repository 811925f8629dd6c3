package wildcat.fuzz;

import wildcat.client.fake.Fixture;
import wildcat.client.session.StanzaHandler;
import wildcat.protocol.node.MalformedNode;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeReader;

/// Whatever stanza a server sends to a linked device: it is handled, and nothing is thrown.
public final class StanzaTarget {
  private static final int STANZAS_PER_ACCOUNT = 500;

  private static int handled;
  private static Fixture account = account();

  private StanzaTarget() {}

  private static Fixture account() {
    try {
      return new Fixture();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Node stanza;
    try {
      stanza = NodeReader.read(input);
    } catch (MalformedNode e) {
      return;
    }
    if (++handled % STANZAS_PER_ACCOUNT == 0) {
      account = account(); // else what it remembers grows
    }
    for (StanzaHandler handler : account.handlersOf(stanza)) {
      handler.handle(stanza, account.server);
    }
  }
}
