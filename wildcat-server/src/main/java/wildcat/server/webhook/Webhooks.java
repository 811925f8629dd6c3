package wildcat.server.webhook;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import wildcat.api.Json;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.server.store.Rows;
import wildcat.server.store.WebhookRow;

/// All webhooks, in memory and in the store. Thread-safe; changes block until they are durable.
public final class Webhooks {
  /// More cannot be registered.
  public static final int MAX = 1_000;

  private final Store store;
  private final Rows<WebhookRow> rows;
  private final Subscriptions subscriptions;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock changing = new ReentrantLock();

  @GuardedBy("changing")
  private final Map<String, WebhookRow> known = new LinkedHashMap<>();

  private volatile Map<String, WebhookRow> snapshot = Map.of();

  private Webhooks(Store store, EventJournal journal, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.rows = new Rows<>(store.records(), "webhooks", WebhookRow.class);
    this.subscriptions = journal.subscriptions();
    this.clock = clock;
    this.random = random;
  }

  public static Webhooks load(
      Store store, EventJournal journal, InstantSource clock, RandomGenerator random)
      throws StoreFailed {
    var webhooks = new Webhooks(store, journal, clock, random);
    webhooks.changing.lock();
    try {
      webhooks.known.putAll(webhooks.rows.all());
      webhooks.publish();
    } finally {
      webhooks.changing.unlock();
    }
    return webhooks;
  }

  /// By time of creation.
  public List<WebhookRow> all() {
    return snapshot.values().stream()
        .sorted(Comparator.comparing(WebhookRow::createdAt).thenComparing(WebhookRow::id))
        .toList();
  }

  public Optional<WebhookRow> find(String id) {
    return Optional.ofNullable(snapshot.get(id));
  }

  /// @param created false when the predecessor's route already knew the URL
  public record Registered(WebhookRow webhook, boolean created) {}

  /// Registers a URL once; if it was disabled, it is used again.
  ///
  /// @throws TooMany there are [#MAX]
  public Registered registerLegacy(String url) throws TooMany, StoreFailed, InterruptedException {
    changing.lock();
    try {
      Optional<WebhookRow> same =
          known.values().stream().filter(row -> row.legacy() && row.url().equals(url)).findFirst();
      if (same.isEmpty()) {
        return new Registered(insert(url, List.of(), true), true);
      }
      if (same.get().disabled()) {
        return new Registered(keep(same.get().asActive()), false);
      }
      return new Registered(same.get(), false);
    } finally {
      changing.unlock();
    }
  }

  /// @param events empty for all
  /// @throws TooMany there are [#MAX]
  public WebhookRow create(String url, List<String> events)
      throws TooMany, StoreFailed, InterruptedException {
    changing.lock();
    try {
      return insert(url, events, false);
    } finally {
      changing.unlock();
    }
  }

  /// Removes it with everything it is still owed.
  ///
  /// @return whether there was one
  public boolean remove(String id) throws StoreFailed, InterruptedException {
    changing.lock();
    try {
      if (known.remove(id) == null) {
        return false;
      }
      publish(); // first: nothing more is owed to it from now on
      rows.remove(id);
    } finally {
      changing.unlock();
    }
    store.outbox().forget(id);
    return true;
  }

  /// @return the webhook as it is now, or empty when there is none
  public Optional<WebhookRow> enable(String id) throws StoreFailed, InterruptedException {
    return change(id, WebhookRow::asActive);
  }

  Optional<WebhookRow> disable(String id, String reason) throws StoreFailed, InterruptedException {
    return change(id, row -> row.asDisabled(reason));
  }

  void failingSince(String id, Optional<Instant> since) throws StoreFailed, InterruptedException {
    change(id, row -> row.withFailingSince(since.map(Json::time).orElse(null)));
  }

  private Optional<WebhookRow> change(String id, UnaryOperator<WebhookRow> changed)
      throws StoreFailed, InterruptedException {
    changing.lock();
    try {
      WebhookRow row = known.get(id);
      return row == null ? Optional.empty() : Optional.of(keep(changed.apply(row)));
    } finally {
      changing.unlock();
    }
  }

  @GuardedBy("changing")
  private WebhookRow insert(String url, List<String> events, boolean legacy)
      throws TooMany, StoreFailed, InterruptedException {
    if (known.size() >= MAX) {
      throw new TooMany();
    }
    var row =
        new WebhookRow(
            "wh_" + Long.toUnsignedString(random.nextLong(), 36),
            url,
            events,
            legacy,
            Signature.newSecret(random),
            false,
            "",
            null,
            Json.time(clock.instant()));
    rows.insert(row.id(), row);
    known.put(row.id(), row);
    publish();
    return row;
  }

  @GuardedBy("changing")
  private WebhookRow keep(WebhookRow row) throws StoreFailed, InterruptedException {
    rows.put(row.id(), row);
    known.put(row.id(), row);
    publish();
    return row;
  }

  @GuardedBy("changing")
  private void publish() {
    snapshot = Map.copyOf(known);
    subscriptions.replace(List.copyOf(known.values()));
  }

  /// There are as many webhooks as there may be.
  public static final class TooMany extends Exception {
    private static final long serialVersionUID = 1;

    private TooMany() {
      super("there are " + MAX + " webhooks already");
    }
  }
}
