package wildcat.client.session;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountId;
import wildcat.protocol.node.Node;

/// What an account has met that nobody can handle. For the account's thread.
final class Oddities {
  /// So often a stanza may make its handler fail before it is given up.
  static final int MAX_FAILURES = 3;

  private static final int MAX_KINDS = 100;
  private static final int MAX_KIND_CHARACTERS = 60;
  private static final Logger log = LoggerFactory.getLogger(Oddities.class);

  private final AccountId account;
  private final Set<String> kinds = new HashSet<>(2);
  private String failingId = "";
  private int failures;

  Oddities(AccountId account) {
    this.account = account;
  }

  /// Logs the first stanza of a kind.
  void unknown(String kind) {
    String shortened =
        kind.length() <= MAX_KIND_CHARACTERS ? kind : kind.substring(0, MAX_KIND_CHARACTERS);
    if (kinds.size() < MAX_KINDS && kinds.add(shortened)) {
      log.atInfo().addKeyValue("account", account).log("nobody takes {}", shortened);
    }
  }

  /// A handler has failed because of a bug. The stanza is not acknowledged, so it comes again after the
  /// reconnect; but a stanza that fails every time must not keep the account away for ever.
  ///
  /// @return whether to give the stanza up
  boolean failed(Node stanza, Throwable bug) {
    String id = stanza.tag() + " " + stanza.text("id");
    failures = id.equals(failingId) ? failures + 1 : 1;
    failingId = id;
    boolean hopeless = failures >= MAX_FAILURES && stanza.attribute("id").isPresent();
    log.atError()
        .addKeyValue("account", account)
        .setCause(bug)
        .log("a handler failed{}", hopeless ? "; the stanza is given up" : "");
    if (hopeless) {
      failures = 0;
    }
    return hopeless;
  }
}
