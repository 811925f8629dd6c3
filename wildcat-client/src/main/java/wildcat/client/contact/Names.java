package wildcat.client.contact;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.Contact;
import wildcat.client.event.Event;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.proto.VerifiedNameCertificate;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Learns from messages what their authors call themselves: the push name, and the certified name of a
/// business. The certificate's signature is not verified, as in other clients.
///
/// Source: whatsmeow message.go (handleEncryptedMessage, parseVerifiedNameContent).
public final class Names implements StanzaHandler {
  static final int MAX_CERTIFICATE_BYTES = 16 << 10;

  private static final int CACHED = 64;

  private final StanzaHandler messages;
  private final Ledger ledger;
  private final OwnDevice own;
  private final LidMap lids;
  private final ReentrantLock lock = new ReentrantLock();

  /// Persons of whom messages came lately, as they are stored.
  @GuardedBy("lock")
  private final Map<Jid, Contact> lately =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Jid, Contact> eldest) {
          return size() > CACHED;
        }
      };

  /// @param messages takes the message itself, before its names are looked at
  public Names(StanzaHandler messages, Ledger ledger, OwnDevice own, LidMap lids) {
    this.messages = messages;
    this.ledger = ledger;
    this.own = own;
    this.lids = lids;
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    messages.handle(stanza, exchange);
    Optional<Jid> author =
        stanza.jid("participant").or(() -> stanza.jid("from")).filter(jid -> !jid.user().isEmpty());
    if (author.isEmpty() || !author.get().isUser() || own.isSelf(author.get())) {
      return;
    }
    String pushName = Contact.cleaned(stanza.text("notify"));
    String verifiedName =
        stanza.child("verified_name").flatMap(Node::bytes).map(Names::verifiedName).orElse("");
    if (!pushName.isEmpty() || !verifiedName.isEmpty()) {
      learn(author.get().withoutDevice(), pushName, verifiedName);
    }
  }

  /// "" when there is none, or it cannot be read.
  static String verifiedName(Bytes certificate) {
    if (certificate.length() > MAX_CERTIFICATE_BYTES) {
      return "";
    }
    try {
      var details = VerifiedNameCertificate.parseFrom(certificate.toArray()).getDetails();
      return Contact.cleaned(VerifiedNameCertificate.Details.parseFrom(details).getVerifiedName());
    } catch (InvalidProtocolBufferException _) {
      return "";
    }
  }

  /// Takes over names; "" says nothing.
  public void learn(Jid person, String pushName, String verifiedName)
      throws StoreFailed, InterruptedException {
    Jid shown = lids.shown(person);
    Contact known = cached(shown);
    if (named(known, pushName, verifiedName).equals(known)) {
      return;
    }
    Contact now =
        ledger.step(work -> {
          Contact before = ledger.store().contact(shown).orElse(Contact.unknown(shown));
          Contact after = named(before, pushName, verifiedName);
          if (!after.equals(before)) {
            work.add(new Change.PutContact(after));
            work.add(ledger.event(new Event.ContactChanged(after)));
          }
          return after;
        });
    remember(now);
  }

  private static Contact named(Contact contact, String pushName, String verifiedName) {
    Contact next = pushName.isEmpty() ? contact : contact.withPushName(pushName);
    return verifiedName.isEmpty() ? next : next.withVerifiedName(verifiedName);
  }

  private Contact cached(Jid person) throws StoreFailed {
    lock.lock();
    try {
      Contact known = lately.get(person);
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    Contact stored = ledger.store().contact(person).orElse(Contact.unknown(person));
    remember(stored);
    return stored;
  }

  private void remember(Contact contact) {
    lock.lock();
    try {
      lately.put(contact.person(), contact);
    } finally {
      lock.unlock();
    }
  }
}
