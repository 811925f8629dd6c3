package wildcat.server.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import wildcat.api.Json;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState.Status;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.jid.Jid;
import wildcat.server.store.AccountRow;
import wildcat.server.store.Rows;
import wildcat.server.webhook.EventJournal;
import wildcat.server.webhook.Webhooks;
import wildcat.store.mongodb.FormerDatabase;

/// Brings accounts of Baileys and of Wildcat 2 into our store, so that they go on as the devices they are.
///
/// An account that is there already is left as it is. Its keys come in one commit, its row comes last; so
/// what was interrupted can be repeated, and a message is never there twice.
public final class MoveIn {
  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Curve curve;
  private final Consumer<String> report;
  private final Rows<AccountRow> accounts;
  private int failed;

  /// @param report hears a line for each thing that was done or left
  public MoveIn(
      Store store,
      InstantSource clock,
      RandomGenerator random,
      Curve curve,
      Consumer<String> report) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.curve = curve;
    this.report = report;
    this.accounts = new Rows<>(store.records(), "accounts", AccountRow.class);
  }

  /// The folder of Baileys' `useMultiFileAuthState`.
  ///
  /// @return whether the account is there now
  public boolean folder(Path folder, AccountId id, String name)
      throws IOException, StoreFailed, InterruptedException {
    try {
      if (isThere(id)) {
        return true;
      }
      AuthState state = AuthState.ofFolder(folder);
      if (!state.isLinked()) {
        throw new Unusable("no phone was ever linked there");
      }
      keys(id, state);
      insert(row(id, name, "auth_" + id, clock.instant(), Status.DISCONNECTED));
      return true;
    } catch (Unusable e) {
      report.accept(id + ": not imported, because " + e.getMessage());
      return false;
    }
  }

  /// The database of Wildcat 2.
  ///
  /// @return how many accounts could not be brought in
  public int database(FormerDatabase former) throws StoreFailed, InterruptedException {
    failed = 0;
    for (FormerDatabase.Account account : former.accounts()) {
      Optional<AccountId> id = AccountId.parse(account.id());
      if (id.isEmpty()) {
        report.accept("an account whose id has other characters than A-Z a-z 0-9 . _ - was left");
        failed++;
      } else if (!isThere(id.get())) {
        account(former, account, id.get());
      }
    }
    webhooks(former.webhooks());
    long media = former.media();
    if (media > 0) {
      report.accept(media + " media files were left where they are");
    }
    return failed;
  }

  private boolean isThere(AccountId id) throws StoreFailed {
    boolean there = accounts.get(id.value()).isPresent();
    if (there) {
      report.accept(id + ": is here already and was left as it is");
    }
    return there;
  }

  private void account(FormerDatabase former, FormerDatabase.Account account, AccountId id)
      throws StoreFailed, InterruptedException {
    try {
      AuthState state = state(former.authState(account));
      boolean loggedOut = account.status().equals("logged_out");
      Status status = loggedOut ? Status.LOGGED_OUT : Status.CREATED;
      Optional<Jid> own = Optional.empty();
      if (state.isLinked() && !loggedOut) {
        own = keys(id, state).linked().map(link -> link.pn().withoutDevice());
        status = Status.DISCONNECTED;
      } else {
        report.accept(id + ": has no linked phone; link it again");
      }
      messages(former, account, id, own);
      insert(row(id, account.name(), account.collectionName(), account.createdAt(), status));
    } catch (Unusable e) {
      failed++;
      report.accept(id + ": not imported, because " + e.getMessage());
    }
  }

  private static AuthState state(Map<String, Bytes> entries) {
    var parsed = new LinkedHashMap<String, JsonNode>();
    entries.forEach((name, json) -> parsed.put(name, AuthState.parsed(json.toArray())));
    return new AuthState(parsed);
  }

  private Credentials keys(AccountId id, AuthState state)
      throws Unusable, StoreFailed, InterruptedException {
    BaileysKeys.Read read = BaileysKeys.read(state, curve);
    AccountStore account = store.open(id);
    if (account.credentials().isEmpty()) {
      account.commit(read.work());
    }
    report.accept(
        id
            + ": linked as before; "
            + read.ratchets()
            + " sessions, "
            + read.preKeys()
            + " pre-keys");
    var counts = new HashMap<String, Integer>();
    read.leftOut().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    counts.forEach(
        (reason, count) -> report.accept(id + ": left out " + count + " times: " + reason));
    return read.credentials();
  }

  private void messages(
      FormerDatabase former, FormerDatabase.Account account, AccountId id, Optional<Jid> own)
      throws StoreFailed, InterruptedException {
    AccountStore target = store.open(id);
    long messages = 0;
    long others = 0;
    Optional<String> after = Optional.empty();
    do {
      FormerDatabase.Page page = former.messages(account, after);
      var work = new UnitOfWork();
      for (Bytes json : page.messages()) {
        var message = FormerMessages.message(AuthState.parsed(json.toArray()), own);
        if (message.isPresent()) {
          work.add(new Change.AddMessage(message.get()));
          messages++;
        } else {
          others++;
        }
      }
      if (!work.isEmpty()) {
        target.commit(work);
      }
      after = page.next();
    } while (after.isPresent());
    if (messages + others > 0) {
      report.accept(
          id
              + ": "
              + messages
              + " messages"
              + (others > 0 ? ", " + others + " without content left" : ""));
    }
  }

  private AccountRow row(
      AccountId id, String name, String collection, Instant createdAt, Status status) {
    String now = Json.time(clock.instant());
    return new AccountRow(
        id.value(),
        name,
        collection,
        Json.time(createdAt),
        status.wireName(),
        "",
        now,
        null,
        now,
        false,
        true);
  }

  private void insert(AccountRow row) throws StoreFailed, InterruptedException {
    accounts.put(row.id(), row);
  }

  private void webhooks(List<String> urls) throws StoreFailed, InterruptedException {
    var webhooks = Webhooks.load(store, new EventJournal(random), clock, random);
    int added = 0;
    try {
      for (String url : urls) {
        added += webhooks.registerLegacy(url).created() ? 1 : 0;
      }
    } catch (Webhooks.TooMany e) {
      report.accept("not all webhooks: " + e.getMessage());
    }
    if (added > 0) {
      report.accept(added + " webhooks; each has a secret of its own now");
    }
  }
}
