package wildcat.client.message;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wildcat.client.device.Devices;
import wildcat.client.device.Devices.Recipient;
import wildcat.client.device.OwnDevice;
import wildcat.client.device.ParticipantHash;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.client.prekey.KeyBundle;
import wildcat.client.prekey.KeyBundles;
import wildcat.client.session.Exchange;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Change;
import wildcat.client.store.DeviceList;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.proto.DeviceSentMessage;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.Padding;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;

/// Turns a message into one stanza with a ciphertext for each device of the recipient and for each other
/// device of ours. Source: whatsmeow send.go (prepareMessageNode, encryptMessageForDevices).
final class Fanout {
  private final Ratchets ratchets;
  private final Devices devices;
  private final RandomGenerator random;

  Fanout(Ratchets ratchets, Devices devices, RandomGenerator random) {
    this.ratchets = ratchets;
    this.devices = devices;
    this.random = random;
  }

  /// A stanza whose ratchet steps are on disk: it may leave.
  ///
  /// @param hash of all devices as we know them, to compare with what the server knows
  record Ready(Node stanza, Recipient recipient, String hash) {}

  /// All that goes into one stanza.
  ///
  /// @param label what the stanza says of it
  /// @param forRecipient the padded message, and `forOwnDevices` the padded DeviceSentMessage
  private record Order(
      ChatMessage message,
      Label label,
      boolean fresh,
      Recipient recipient,
      List<Jid> targets,
      Bytes forRecipient,
      Bytes forOwnDevices) {}

  /// What a step made of an order: the stanza, or the devices whose keys are needed first.
  private record Sealed(Optional<Node> stanza, List<Jid> withoutRatchet) {}

  /// Encrypts, and commits the ratchet steps together with the message when that is `fresh`.
  ///
  /// @throws Rejected the recipient has no device that can be written to
  Ready prepare(ChatMessage message, Recipient recipient, boolean fresh, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    OwnDevice own = ratchets.own();
    Jid self = (recipient.address().isPn() ? own.pn() : own.lid()).withoutDevice();
    Map<Jid, DeviceList> lists = devices.of(List.of(recipient.address(), self), exchange);
    List<Jid> all = new ArrayList<>(devices(recipient.address(), lists));
    boolean toSelf = own.isSelf(recipient.address());
    if (all.isEmpty()) {
      throw new Rejected(404, "this user has no devices");
    }
    if (!toSelf) {
      all.addAll(devices(self, lists));
    }
    String hash = ParticipantHash.of(all);
    var targets = new ArrayList<Jid>(all.size());
    for (Jid device : all) {
      if (!own.isThisDevice(device)) {
        targets.add(device);
      }
    }
    byte[] content = message.content().toArray();
    var order =
        new Order(
            message,
            Label.of(parsed(content)),
            fresh,
            recipient,
            targets,
            Bytes.wrap(Padding.pad(content, random)),
            Bytes.wrap(Padding.pad(deviceSent(content, recipient.address()), random)));
    Sealed sealed = ratchets.ledger().step(work -> seal(order, Optional.empty(), work));
    if (!sealed.withoutRatchet().isEmpty()) {
      Map<Jid, KeyBundle> bundles = bundles(sealed.withoutRatchet(), exchange);
      if (bundles.size() < sealed.withoutRatchet().size()) {
        devices.forget(recipient.address()); // a device without keys is likely to be gone
      }
      sealed = ratchets.ledger().step(work -> seal(order, Optional.of(bundles), work));
    }
    Node stanza =
        sealed
            .stanza()
            .orElseThrow(() -> new Rejected(406, "no device of this user has usable keys"));
    return new Ready(stanza, recipient, hash);
  }

  /// Keys are asked for under the address of the ratchet; the answer is by device of the stanza.
  private Map<Jid, KeyBundle> bundles(List<Jid> targets, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    var addresses = new LinkedHashMap<Jid, Jid>();
    for (Jid device : targets) {
      addresses.put(device, ratchets.address(device).jid());
    }
    Map<Jid, KeyBundle> fetched = KeyBundles.fetch(List.copyOf(addresses.values()), exchange);
    var bundles = new HashMap<Jid, KeyBundle>();
    addresses.forEach((device, address) -> {
      KeyBundle bundle = fetched.get(address);
      if (bundle != null) {
        bundles.put(device, bundle);
      }
    });
    return bundles;
  }

  /// @param bundles empty when none were fetched yet: then a missing ratchet stops the step
  private Sealed seal(Order order, Optional<Map<Jid, KeyBundle>> bundles, UnitOfWork work)
      throws StoreFailed {
    Map<Jid, RatchetRecord> records = ratchets.records(order.targets());
    if (bundles.isEmpty() && records.size() < order.targets().size()) {
      var missing = new ArrayList<>(order.targets());
      missing.removeAll(records.keySet());
      return new Sealed(Optional.empty(), missing);
    }
    var copies = new ArrayList<Node>(order.targets().size());
    boolean anyPreKey = false;
    boolean reached = false;
    boolean toSelf = ratchets.own().isSelf(order.recipient().address());
    var steps = new UnitOfWork();
    for (Jid device : order.targets()) {
      boolean ownDevice = ratchets.own().isSelf(device);
      byte[] plaintext = (ownDevice ? order.forOwnDevices() : order.forRecipient()).toArray();
      RatchetRecord record = records.get(device);
      KeyBundle bundle = bundles.map(b -> b.get(device)).orElse(null);
      Optional<Ratchet.Sealed> copy =
          record != null
              ? Optional.of(ratchets.seal(device, record, plaintext, steps))
              : bundle != null
                  ? ratchets.sealAnew(device, plaintext, bundle, steps)
                  : Optional.empty();
      if (copy.isPresent()) {
        copies.add(Node.of("to", order.label().onCiphertext(enc(copy.get()))).with("jid", device));
        anyPreKey |= copy.get().kind() == Ratchet.Kind.PRE_KEY_MESSAGE;
        reached |= !ownDevice || toSelf;
      }
    }
    if (!reached) {
      return new Sealed(Optional.empty(), List.of());
    }
    steps.changes().forEach(work::add);
    if (order.fresh()) {
      work.add(new Change.AddMessage(order.message()));
    }
    var children = new ArrayList<Node>(3);
    children.add(Node.of("participants").containing(copies));
    if (anyPreKey) {
      children.add(Node.of("device-identity", ratchets.own().link().deviceIdentity()));
    }
    order.label().metaNode().ifPresent(children::add);
    Node stanza =
        order.label().on(stanza(order.message().id(), order.recipient())).containing(children);
    return new Sealed(Optional.of(stanza), List.of());
  }

  static Node enc(Ratchet.Sealed sealed) {
    return Node.of("enc", sealed.message()).with("v", "2").with("type", sealed.kind().wireName());
  }

  private static Node stanza(MessageId id, Recipient recipient) {
    Node stanza = Node.of("message").with("id", id.value()).with("to", recipient.address());
    return recipient.address().isLid() && recipient.pn().isPresent()
        ? stanza.with("peer_recipient_pn", recipient.pn().get())
        : stanza;
  }

  /// The form in which our own other devices get what we have sent.
  static byte[] deviceSent(byte[] content, Jid chat) {
    Message message = parsed(content);
    Message.Builder wrapper =
        Message.newBuilder()
            .setDeviceSentMessage(
                DeviceSentMessage.newBuilder()
                    .setDestinationJid(chat.toString())
                    .setMessage(message));
    if (message.hasMessageContextInfo()) {
      wrapper.setMessageContextInfo(message.getMessageContextInfo());
    }
    return wrapper.build().toByteArray();
  }

  /// A message that we have written ourselves.
  static Message parsed(byte[] content) {
    try {
      return Message.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored message of ours does not parse", e);
    }
  }

  /// The devices of a user in the form of `user`.
  private static Collection<Jid> devices(Jid user, Map<Jid, DeviceList> lists) {
    DeviceList list = lists.get(user);
    if (list == null) {
      return List.of();
    }
    return list.devices().stream().map(device -> jid(user, device)).toList();
  }

  private static Jid jid(Jid user, DeviceList.Device device) {
    if (!device.hosted()) {
      return user.withDevice(device.number());
    }
    String server = user.isPn() ? Jid.HOSTED_SERVER : Jid.HOSTED_LID_SERVER;
    return new Jid(user.user(), 0, device.number(), server);
  }
}
