package wildcat.client.pairing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;
import wildcat.client.session.AccountThread;
import wildcat.client.session.Acks;
import wildcat.client.session.Linking;
import wildcat.client.session.NotConnected;
import wildcat.client.session.Session;
import wildcat.client.session.Standing;
import wildcat.client.session.Surroundings;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.LinkCode;
import wildcat.protocol.pairing.MalformedPairing;
import wildcat.protocol.ratchet.RatchetAddress;

/// Links this device by a QR code that a phone scans.
///
/// The server hands out six refs per connection, each of which makes one code: the first is shown for 60 s,
/// the others for 20 s. When they have run out the connection is closed and a new one brings new refs, until
/// codes were shown for [#WAITING_TIME]: then nobody stands there with a phone any more, and a device that asks
/// for codes for ever does not behave well. `connect()` begins again.
///
/// Used on the account's thread, except [#shown]. Source: whatsmeow pair.go, Baileys Socket/socket.ts.
public final class QrLinking implements Linking {
  /// How long codes are shown before the account gives up. The set of codes at hand is still used up.
  public static final Duration WAITING_TIME = Duration.ofMinutes(10);

  private static final int MAX_REFS = 16;
  private static final int MAX_REF_BYTES = 1_024;
  private static final int NOT_IMPLEMENTED = 501;
  private static final Logger log = LoggerFactory.getLogger(QrLinking.class);

  /// A code and the time until which a phone can use it.
  public record Shown(String text, Instant validUntil) {
    @Override
    public String toString() {
      return "link code valid until " + validUntil;
    }
  }

  private final Surroundings outside;
  private final Ledger ledger;
  private final Standing standing;
  private final EventListener listener;
  private final Adv adv;
  private final CodeRotation rotation;
  private volatile Optional<Shown> shown = Optional.empty();

  /// @param listener hears of the codes
  public QrLinking(
      Surroundings outside,
      Ledger ledger,
      Standing standing,
      EventListener listener,
      AccountThread thread) {
    this.outside = outside;
    this.ledger = ledger;
    this.standing = standing;
    this.listener = listener;
    adv = new Adv(outside.curve(), outside.random());
    rotation = new CodeRotation(outside.timers(), outside.clock(), thread);
  }

  /// What is to be shown now. Callable by any thread.
  public Optional<Shown> shown() {
    return shown;
  }

  @Override
  public void begin() {
    rotation.forgetTime();
  }

  @Override
  public Credentials credentials() throws StoreFailed, InterruptedException {
    try {
      return ledger.step(work -> {
        Optional<Credentials> stored = ledger.store().credentials();
        if (stored.isPresent()) {
          return stored.get();
        }
        Credentials made = NewDevice.credentials(outside.curve(), outside.random());
        work.add(new Change.CreateCredentials(made));
        return made;
      });
    } catch (StoreFailed.Conflict e) {
      // there are keys, but the store did not find them a moment ago
      throw new StoreFailed.Unreadable("credentials exist that cannot be read", e);
    }
  }

  @Override
  public boolean ended() {
    rotation.stop();
    shown = Optional.empty();
    return rotation.shownFor().compareTo(WAITING_TIME) < 0;
  }

  @Override
  public void handle(Node stanza, Session session) throws StoreFailed, InterruptedException {
    try {
      if (stanza.is("notification")) {
        notification(stanza, session);
      } else if (stanza.child("pair-device").isPresent()) {
        pairDevice(stanza, session);
      } else if (stanza.child("pair-success").isPresent()) {
        pairSuccess(stanza, session);
      } else {
        session.send(error(stanza, NOT_IMPLEMENTED, "feature-not-implemented"));
      }
    } catch (NotConnected _) {
      // the connection has ended meanwhile; the next one brings new codes, or logs in
    }
  }

  private void pairDevice(Node iq, Session session)
      throws StoreFailed, NotConnected, InterruptedException {
    List<String> refs =
        iq.path("pair-device").stream()
            .flatMap(element -> element.children("ref").stream())
            .limit(MAX_REFS)
            .flatMap(ref -> ref.bytes().stream())
            .filter(QrLinking::isRef)
            .map(Bytes::utf8)
            .toList();
    session.send(result(iq));
    if (refs.isEmpty()) {
      session.close("WhatsApp sent no link codes");
      return;
    }
    standing.enter(Status.WAITING_FOR_LINK, "");
    Credentials own = credentials();
    rotation.start(
        refs,
        (ref, validFor) -> show(own, ref, validFor),
        () -> session.close("the link codes have run out"));
  }

  /// A ref stands between commas.
  private static boolean isRef(Bytes bytes) {
    if (bytes.isEmpty() || bytes.length() > MAX_REF_BYTES) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.at(i) <= ' ' || bytes.at(i) == ',') {
        return false;
      }
    }
    return true;
  }

  private void show(Credentials own, String ref, Duration validFor) {
    String text =
        new LinkCode(
                ref,
                own.noiseKey().publicKey(),
                own.identity().publicKey(),
                own.advSecret(),
                ClientType.of(outside.name()))
            .text();
    shown = Optional.of(new Shown(text, outside.clock().instant().plus(validFor)));
    listener.on(ledger.store().account(), new Event.LinkCodeIssued(text, validFor));
  }

  private void pairSuccess(Node iq, Session session)
      throws StoreFailed, NotConnected, InterruptedException {
    PairSuccess success;
    try {
      Credentials own = credentials();
      success = PairSuccess.read(iq.child("pair-success").orElseThrow(), own, adv);
    } catch (MalformedPairing e) {
      log.atWarn()
          .addKeyValue("account", ledger.store().account())
          .log("linking failed: {}", e.getMessage());
      session.send(error(iq, e.reply().code(), e.reply().text()));
      session.close("linking failed: " + e.reply().text());
      return;
    }
    try {
      keep(success.link());
    } catch (StoreFailed e) {
      var reply = MalformedPairing.Reply.INTERNAL_ERROR;
      session.send(error(iq, reply.code(), reply.text()));
      throw e;
    }
    // on disk: from this answer on the server takes the device as linked
    session.send(
        result(iq)
            .containing(
                Node.of("pair-device-sign")
                    .containing(
                        Node.of("device-identity", success.identity().withoutAccountKey())
                            .with("key-index", success.identity().keyIndex()))));
    rotation.stop();
    shown = Optional.empty();
  }

  private void keep(Credentials.Link link) throws StoreFailed, InterruptedException {
    Jid phone = link.lid().withoutDevice();
    var event = new Event.Linked(link.pn(), link.lid(), link.platform());
    var _ =
        ledger.step(work -> {
          Credentials own = ledger.store().credentials().orElseThrow();
          Credentials linked = own.withLink(link);
          work.add(
              new Change.UpdateCredentials(
                  link.businessName().isEmpty()
                      ? linked
                      : linked.withPushName(link.businessName())));
          work.add(new Change.MapLid(link.pn().withoutDevice(), phone));
          work.add(new Change.PutIdentity(new RatchetAddress(phone), link.accountKey()));
          return work.add(ledger.event(event));
        });
  }

  private void notification(Node stanza, Session session)
      throws StoreFailed, NotConnected, InterruptedException {
    switch (stanza.text("type")) {
      case "companion_reg_refresh" -> refresh();
      case "passkey_prologue_request" ->
          standing.enter(
              Status.WAITING_FOR_PASSKEY, "this account asks for a passkey to link a device");
      default -> {}
    }
    session.send(Acks.of(stanza));
  }

  /// The server retires what the codes contain: a new secret, and the code is drawn again.
  private void refresh() throws StoreFailed, InterruptedException {
    Credentials renewed =
        ledger.step(work -> {
          Credentials own = ledger.store().credentials().orElseThrow();
          Credentials next = own.withAdvSecret(NewDevice.advSecret(outside.random()));
          work.add(new Change.UpdateCredentials(next));
          return next;
        });
    rotation.redraw((ref, validFor) -> show(renewed, ref, validFor));
  }

  private static Node result(Node iq) {
    return Node.of("iq").with("to", Jid.WHATSAPP).with("id", iq.text("id")).with("type", "result");
  }

  private static Node error(Node iq, int code, String text) {
    return Node.of("iq")
        .with("to", Jid.WHATSAPP)
        .with("id", iq.text("id"))
        .with("type", "error")
        .containing(Node.of("error").with("code", code).with("text", text));
  }
}
