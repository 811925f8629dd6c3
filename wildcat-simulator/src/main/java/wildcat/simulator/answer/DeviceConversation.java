package wildcat.simulator.answer;

import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Link;

/// With a companion that has logged in.
final class DeviceConversation implements Conversation {
  private final Device device;
  private final Link link;
  private final Switchboard switchboard;

  DeviceConversation(Device device, Link link, Switchboard switchboard) {
    this.device = device;
    this.link = link;
    this.switchboard = switchboard;
  }

  @Override
  public void stanza(Node stanza) {
    switchboard.stanza(device, link, stanza);
  }

  @Override
  public void closed() {
    switchboard.gone(device, link);
  }

  @Override
  public Jid pn() {
    return device.pn();
  }

  @Override
  public Jid lid() {
    return device.lid();
  }

  @Override
  public boolean isLoggedIn() {
    return true;
  }
}
