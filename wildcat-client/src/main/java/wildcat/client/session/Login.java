package wildcat.client.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// What a client does when the server has accepted its login, in the order of the official clients.
///
/// Source: whatsmeow connectionevents.go (handleConnectSuccess), Baileys Socket/socket.ts (CB:success),
/// whatsmeow client.go (sendUnifiedSession).
final class Login {
  private static final Duration CLOCK_ALARM = Duration.ofMinutes(1);
  private static final long WEEK_MILLIS = Duration.ofDays(7).toMillis();
  private static final long THREE_DAYS_MILLIS = Duration.ofDays(3).toMillis();
  private static final int MAX_NAME_CHARACTERS = 100;
  private static final Logger log = LoggerFactory.getLogger(Login.class);

  private final Ledger ledger;
  private final Behaviour behaviour;

  Login(Ledger ledger, Behaviour behaviour) {
    this.ledger = ledger;
    this.behaviour = behaviour;
  }

  /// Returns when the server counts this device as active.
  ///
  /// @return how far the server's clock is ahead of ours
  /// @throws RequestFailed the login came to nothing: close the connection
  Duration run(Node success, Session session)
      throws RequestFailed, StoreFailed, InterruptedException {
    Duration offset = clockOffset(success, ledger.now());
    if (offset.abs().compareTo(CLOCK_ALARM) > 0) {
      log.atWarn()
          .addKeyValue("account", ledger.store().account())
          .log("this machine's clock differs from WhatsApp's by {}", offset);
    }
    String name = learn(success);
    try {
      behaviour.beforeActive().run(session);
    } catch (RequestFailed e) {
      log.atWarn()
          .addKeyValue("account", ledger.store().account())
          .log("a step of the login failed: {}", e.getMessage());
    }
    session.request(
        Node.of("iq")
            .with("to", Jid.WHATSAPP)
            .with("type", "set")
            .with("xmlns", "passive")
            .containing(Node.of("active")));
    session.send(unifiedSession(ledger.now().plus(offset)));
    if (!name.isEmpty()) {
      session.send(Node.of("presence").with("type", "available").with("name", name));
    }
    return offset;
  }

  static Duration clockOffset(Node success, Instant now) {
    return success
        .number("t")
        .filter(t -> t > 0 && t < 1L << 40)
        .map(t -> Duration.between(now, Instant.ofEpochSecond(t)))
        // whole seconds: less than one says nothing
        .map(d -> d.abs().compareTo(Duration.ofSeconds(1)) <= 0 ? Duration.ZERO : d)
        .orElse(Duration.ZERO);
  }

  static Node unifiedSession(Instant serverTime) {
    long id = Math.floorMod(serverTime.toEpochMilli() + THREE_DAYS_MILLIS, WEEK_MILLIS);
    return Node.of("ib", Node.of("unified_session").with("id", id));
  }

  /// Takes over what the server says of us.
  ///
  /// @return the push name; "" when it is unknown
  private String learn(Node success) throws StoreFailed, InterruptedException {
    return ledger.step(work -> {
      Optional<Credentials> stored = ledger.store().credentials();
      if (stored.isEmpty() || stored.get().linked().isEmpty()) {
        return "";
      }
      Credentials before = stored.get();
      Credentials after = withName(withLid(before, success), success);
      if (!after.equals(before)) {
        work.add(new Change.UpdateCredentials(after));
      }
      return after.pushName();
    });
  }

  private Credentials withLid(Credentials credentials, Node success) {
    Credentials.Link link = credentials.linked().orElseThrow();
    Optional<Jid> lid =
        success
            .jid("lid")
            .filter(jid -> jid.isLid() && !jid.user().isEmpty())
            .map(jid -> jid.withoutDevice().withDevice(link.pn().device()));
    if (lid.isEmpty() || lid.get().equals(link.lid())) {
      return credentials;
    }
    log.atWarn()
        .addKeyValue("account", ledger.store().account())
        .log("WhatsApp has given this account another lid");
    return credentials.withLink(
        new Credentials.Link(
            link.pn(),
            lid.get(),
            link.deviceIdentity(),
            link.accountKey(),
            link.platform(),
            link.businessName()));
  }

  private static Credentials withName(Credentials credentials, Node success) {
    String name = success.text("display_name");
    return credentials.pushName().isEmpty()
            && !name.isEmpty()
            && name.length() <= MAX_NAME_CHARACTERS
        ? credentials.withPushName(name)
        : credentials;
  }
}
