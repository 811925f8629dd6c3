package wildcat.simulator.fault;

import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Which stanzas a rule means. An empty text matches everything.
///
/// @param device text of a user (all its companions) or of one device, pn or lid
/// @param tag the stanza's tag; `login` is the client payload of a login
/// @param type the stanza's type attribute
/// @param namespace of an iq
/// @param child tag of one of its children
/// @param id the stanza's id attribute
public record Match(
    Direction direction,
    String device,
    String tag,
    String type,
    String namespace,
    String child,
    String id) {

  public static Match incoming(String tag) {
    return new Match(Direction.INCOMING, "", tag, "", "", "", "");
  }

  public static Match outgoing(String tag) {
    return new Match(Direction.OUTGOING, "", tag, "", "", "", "");
  }

  /// Only for that user's companions, or that device.
  public Match of(Jid jid) {
    return new Match(direction, jid.toString(), tag, type, namespace, child, id);
  }

  public Match ofType(String other) {
    return new Match(direction, device, tag, other, namespace, child, id);
  }

  public Match inNamespace(String other) {
    return new Match(direction, device, tag, type, other, child, id);
  }

  public Match withChild(String other) {
    return new Match(direction, device, tag, type, namespace, other, id);
  }

  public Match withId(String other) {
    return new Match(direction, device, tag, type, namespace, child, other);
  }

  /// Whether it means `stanza` of the device with these two addresses.
  boolean means(Direction way, Jid pn, Jid lid, Node stanza) {
    return way == direction
        && (device.isEmpty() || names(pn) || names(lid))
        && (tag.isEmpty() || stanza.is(tag))
        && (type.isEmpty() || stanza.text("type").equals(type))
        && (namespace.isEmpty() || stanza.text("xmlns").equals(namespace))
        && (child.isEmpty() || stanza.child(child).isPresent())
        && (id.isEmpty() || stanza.text("id").equals(id));
  }

  private boolean names(Jid jid) {
    return device.equals(jid.toString()) || device.equals(jid.withoutDevice().toString());
  }
}
