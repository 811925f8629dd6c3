package wildcat.client.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.store.DeviceList.Device;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// The server query (*usync*) for the devices and lids of users.
///
/// Source: whatsmeow user.go (usync, parseDeviceList), Baileys messages-send.ts (getUSyncDevices).
final class DeviceQuery {
  /// WhatsApp allows a handful; what goes beyond is not read.
  static final int MAX_DEVICES = 256;

  private DeviceQuery() {}

  /// What the server says of one user.
  ///
  /// @param user in the form asked
  /// @param devices empty when the server knows no such user
  /// @param keyIndexes ADVSignedKeyIndexList, not verified
  /// @param twin the other name of the user
  record Found(Jid user, List<Device> devices, Optional<Bytes> keyIndexes, Optional<Jid> twin) {
    Found {
      devices = List.copyOf(devices);
    }
  }

  static Node query(List<Jid> users, String sid) {
    Node protocols = Node.of("query", Node.of("devices").with("version", "2"), Node.of("lid"));
    Node list =
        Node.of("list")
            .containing(users.stream().map(u -> Node.of("user").with("jid", u)).toList());
    Node usync =
        Node.of("usync", protocols, list)
            .with("sid", sid)
            .with("mode", "query")
            .with("last", "true")
            .with("index", "0")
            .with("context", "message");
    return Node.of("iq", usync).with("to", Jid.WHATSAPP).with("type", "get").with("xmlns", "usync");
  }

  static List<Found> parse(Node answer) {
    var found = new ArrayList<Found>();
    for (Node user : answer.path("usync", "list").map(l -> l.children("user")).orElse(List.of())) {
      Optional<Jid> jid = user.jid("jid");
      if (jid.isPresent()) {
        Optional<Node> devices = user.child("devices");
        found.add(
            new Found(
                jid.get(),
                devices
                    .flatMap(d -> d.child("device-list"))
                    .map(DeviceQuery::devices)
                    .orElse(List.of()),
                devices.flatMap(d -> d.child("key-index-list")).flatMap(Node::bytes),
                user.child("lid").flatMap(lid -> lid.jid("val")).or(() -> user.jid("pn_jid"))));
      }
    }
    return found;
  }

  private static List<Device> devices(Node list) {
    var devices = new ArrayList<Device>();
    for (Node node : list.children("device")) {
      long number = node.number("id").orElse(-1L);
      long keyIndex = node.number("key-index").orElse(0L);
      if (number >= 0
          && number <= 65_535
          && keyIndex >= 0
          && keyIndex <= Integer.MAX_VALUE
          && devices.size() < MAX_DEVICES) {
        boolean hosted = node.text("is_hosted").equals("true");
        devices.add(new Device((int) number, (int) keyIndex, hosted));
      }
    }
    return devices;
  }
}
