package wildcat.simulator.answer;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.MalformedPairing;
import wildcat.simulator.world.Companion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Waiting;
import wildcat.simulator.world.World;

/// With a client that wants to be linked: it gets references for its code, after the scan the phone's
/// offer, and when it has signed back it is a device and has to log in.
/// Source: protocol notes 03, section 2, and 10, section 4.
final class PairingConversation implements Conversation {
  private static final int RESTART = 515;
  private static final Logger LOG = LoggerFactory.getLogger(PairingConversation.class);

  private final World world;
  private final DeviceNews news;
  private final Waiting waiting;
  private final String successId;
  private boolean over;

  PairingConversation(World world, DeviceNews news, Waiting waiting) {
    this.world = world;
    this.news = news;
    this.waiting = waiting;
    successId = successId(waiting);
  }

  /// The id of the pair-success iq, which the answer must carry.
  private static String successId(Waiting waiting) {
    return "pair-" + Integer.toUnsignedString(waiting.refs().hashCode());
  }

  /// Sends the references.
  void begin() {
    var refs = new ArrayList<Node>();
    waiting.refs().forEach(ref -> refs.add(Node.of("ref", Bytes.ofUtf8(ref))));
    try (var _ = world.locked()) {
      world.lobby().enter(waiting);
      waiting
          .link()
          .send(request(world.nextStanzaId()).containing(Node.of("pair-device").containing(refs)));
    }
  }

  private static Node request(String id) {
    return Node.of("iq")
        .with("from", Jid.WHATSAPP)
        .with("id", id)
        .with("type", "set")
        .with("xmlns", "md");
  }

  /// Passes the phone's offer on. Under the world's lock.
  static void offer(World world, Waiting waiting, Waiting.Offer offer) {
    waiting.offer(offer);
    int number = offer.reservation().device();
    waiting
        .link()
        .send(
            request(successId(waiting))
                .with("t", world.seconds())
                .containing(
                    Node.of(
                        "pair-success",
                        Node.of("device-identity", offer.container()),
                        Node.of("device")
                            .with("jid", offer.account().pn().withDevice(number))
                            .with("lid", offer.account().lid().withDevice(number)),
                        Node.of("platform").with("name", "android"))));
  }

  @Override
  public void stanza(Node stanza) {
    try (var _ = world.locked()) {
      if (over) {
        return;
      }
      if (stanza.is("ib")) {
        return; // clients report their session's id here
      }
      if (!stanza.is("iq")) {
        violate("stanza before the login: " + stanza.tag());
      } else if (stanza.text("type").equals("result")) {
        stanza.child("pair-device-sign").ifPresent(sign -> signed(stanza, sign));
      } else if (stanza.text("type").equals("error")) {
        failed(stanza);
      } else if (stanza.text("xmlns").equals("md")) {
        String name = StanzaName.of(stanza);
        world.tally().unknownStanza(name);
        waiting.link().send(Reply.error(stanza, 501, "feature-not-implemented"));
      } else {
        violate("request before the login: " + StanzaName.of(stanza));
      }
    }
  }

  private void violate(String what) {
    world.tally().violation(what);
    over = true;
    waiting.link().cut();
  }

  private void failed(Node stanza) {
    over = true;
    String text = stanza.child("error").map(e -> e.text("text")).orElse("");
    LOG.atInfo().addKeyValue("error", text).log("a client could not be linked");
    waiting.link().cut();
  }

  private void signed(Node iq, Node sign) {
    Optional<Waiting.Offer> offer = waiting.offer();
    if (offer.isEmpty() || !iq.text("id").equals(successId)) {
      violate("pair-device-sign without an offer");
      return;
    }
    Optional<Node> identity = sign.child("device-identity");
    Optional<Long> keyIndex = identity.flatMap(n -> n.number("key-index"));
    if (keyIndex.filter(i -> i == offer.get().reservation().keyIndex()).isEmpty()) {
      violate("pair-device-sign with another key index");
      return;
    }
    try {
      link(offer.get(), identity.flatMap(Node::bytes).orElse(Bytes.empty()));
    } catch (MalformedPairing e) {
      LOG.atWarn().setCause(e).log("a client signed its identity wrongly");
      violate("pair-device-sign that does not verify");
    }
  }

  private void link(Waiting.Offer offer, Bytes signedBack) throws MalformedPairing {
    Waiting.Registration registration = waiting.registration();
    Bytes identity =
        new Adv(world.curve(), world.chance().shared())
            .complete(signedBack, offer.account().primary().identity(), registration.identity());
    Device device =
        world.link(
            offer,
            new Companion(
                registration.noiseKey(),
                registration.identity(),
                registration.registrationId(),
                registration.signedPreKey(),
                identity,
                offer.reservation().keyIndex()));
    over = true;
    world.lobby().leave(waiting);
    news.linked(device);
    waiting.link().end(Reply.streamError(RESTART));
  }

  @Override
  public void closed() {
    try (var _ = world.locked()) {
      over = true;
      world.lobby().leave(waiting);
    }
  }

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

  /// References as clients expect them: ASCII, no comma.
  static List<String> refs(World world, int count) {
    var encoder = Base64.getEncoder();
    var refs = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      refs.add("2@" + encoder.encodeToString(world.chance().bytes(96).toArray()));
    }
    return refs;
  }
}
