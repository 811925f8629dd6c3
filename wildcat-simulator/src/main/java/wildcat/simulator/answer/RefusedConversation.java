package wildcat.simulator.answer;

import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// With a client that was turned away: nothing it says counts.
final class RefusedConversation implements Conversation {
  @Override
  public void stanza(Node stanza) {}

  @Override
  public void closed() {}

  @Override
  public Jid pn() {
    return Jid.WHATSAPP;
  }

  @Override
  public Jid lid() {
    return Jid.WHATSAPP;
  }

  @Override
  public boolean isLoggedIn() {
    return false;
  }
}
