package wildcat.simulator.answer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.proto.ClientPayload;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.fault.Action;
import wildcat.simulator.fault.Direction;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Link;
import wildcat.simulator.world.Waiting;
import wildcat.simulator.world.World;

/// Looks at what a client says of itself in the handshake: it wants to be linked, or it logs in.
/// Source: protocol notes 01, section 5.3.
public final class Reception {
  /// The first of six lasts 60 s, the others 20 s.
  private static final int REFS = 6;

  private static final int UNAUTHORIZED = 401;
  private static final int OUTDATED = 405;
  private static final int PRIMARY_VERSION = 2;
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final World world;
  private final Switchboard switchboard;
  private final Faults faults;

  public Reception(World world, Switchboard switchboard, Faults faults) {
    this.world = world;
    this.switchboard = switchboard;
    this.faults = faults;
  }

  /// Answers a finished handshake.
  ///
  /// @param noiseKey the static key the client has proven
  public Conversation welcome(Link link, PublicKey noiseKey, Bytes clientPayload) {
    ClientPayload payload;
    try {
      payload = ClientPayload.parseFrom(clientPayload.toArray());
    } catch (InvalidProtocolBufferException e) {
      LOG.atWarn().setCause(e).log("undecodable client payload");
      world.tally().decodeError();
      link.cut();
      return new RefusedConversation();
    }
    if (payload.getUserAgent().getAppVersion().getPrimary() != PRIMARY_VERSION) {
      return refuse(link, OUTDATED);
    }
    return payload.hasDevicePairingData()
        ? registration(link, noiseKey, payload)
        : login(link, noiseKey, payload);
  }

  private Conversation refuse(Link link, int reason) {
    link.end(Reply.failure(reason));
    return new RefusedConversation();
  }

  private Conversation registration(Link link, PublicKey noiseKey, ClientPayload payload) {
    Optional<Waiting.Registration> registration = registration(noiseKey, payload);
    if (registration.isEmpty()) {
      world.tally().violation("malformed registration");
      link.cut();
      return new RefusedConversation();
    }
    if (!Signatures.holds(
        world.curve(), registration.get().identity(), registration.get().signedPreKey())) {
      world.tally().violation("registration with a wrong signature");
      link.cut();
      return new RefusedConversation();
    }
    var waiting = new Waiting(link, registration.get(), PairingConversation.refs(world, REFS));
    var conversation = new PairingConversation(world, switchboard.news(), waiting);
    conversation.begin();
    return conversation;
  }

  private static Optional<Waiting.Registration> registration(
      PublicKey noiseKey, ClientPayload payload) {
    ClientPayload.DevicePairingRegistrationData data = payload.getDevicePairingData();
    int keyId = number(data.getESkeyId());
    boolean formed =
        data.getERegid().size() == 4
            && data.getEKeytype().equals(ByteString.copyFrom(new byte[] {PublicKey.TYPE}))
            && data.getEIdent().size() == PublicKey.SIZE_BYTES
            && data.getESkeyId().size() == 3
            && keyId >= 1
            && keyId <= PreKey.MAX_ID
            && data.getESkeyVal().size() == PublicKey.SIZE_BYTES
            && data.getESkeySig().size() == 64;
    if (!formed) {
      return Optional.empty();
    }
    var signed = new PreKeyBundle.Signed(keyId, key(data.getESkeyVal()), bytes(data.getESkeySig()));
    return Optional.of(
        new Waiting.Registration(
            noiseKey,
            key(data.getEIdent()),
            number(data.getERegid()),
            signed,
            payload.getPushName()));
  }

  private static int number(ByteString bigEndian) {
    int value = 0;
    for (byte b : bigEndian) {
      value = (value << 8) | (b & 0xff);
    }
    return value;
  }

  private static PublicKey key(ByteString bytes) {
    return new PublicKey(bytes(bytes));
  }

  private static Bytes bytes(ByteString bytes) {
    return Bytes.wrap(bytes.toByteArray());
  }

  private Conversation login(Link link, PublicKey noiseKey, ClientPayload payload) {
    try (var _ = world.locked()) {
      Jid pn =
          Jid.pn(Long.toUnsignedString(payload.getUsername()))
              .withDevice(Math.clamp(payload.getDevice(), 0, 65_535));
      Optional<Device> device =
          world
              .directory()
              .device(pn)
              .filter(d -> d.companion().filter(c -> c.noiseKey().equals(noiseKey)).isPresent());
      Optional<Integer> fault = failure(pn, device);
      if (fault.isPresent()) {
        return refuse(link, fault.get());
      }
      if (!payload.hasUsername() || !payload.hasDevice() || device.isEmpty()) {
        return refuse(link, UNAUTHORIZED);
      }
      return login(device.get(), link, payload);
    }
  }

  private Optional<Integer> failure(Jid pn, Optional<Device> device) {
    Node login = Node.of("login").with("id", pn);
    return faults
        .strike(Direction.INCOMING, pn, device.map(Device::lid).orElse(Jid.WHATSAPP), login)
        .flatMap(action ->
            action instanceof Action.Failure(int reason) ? Optional.of(reason) : Optional.empty());
  }

  private Conversation login(Device device, Link link, ClientPayload payload) {
    device.line().link().ifPresent(old -> old.end(Reply.conflict("replaced")));
    device.line().connect(link);
    world.tally().login();
    link.send(
        Node.of("success")
            .with("t", world.seconds())
            .with("lid", device.lid())
            .with("props", 31)
            .with("display_name", device.account().pushName())
            .with("abprops", 1)
            .with("group_abprops", 1)
            .with("creation", world.seconds())
            .with("location", "sim"));
    if (!payload.getPassive()) {
      switchboard.activate(device);
    }
    return new DeviceConversation(device, link, switchboard);
  }
}
