package wildcat.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.Environment;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;
import wildcat.server.account.Announcement;
import wildcat.server.account.LocalAccounts;
import wildcat.server.command.SendMessage;
import wildcat.server.command.ShowLinkCode;
import wildcat.server.config.Config;
import wildcat.server.egress.Egress;
import wildcat.server.key.AdminKeyFile;
import wildcat.server.key.KeyText;
import wildcat.server.key.Keys;
import wildcat.server.key.Sessions;
import wildcat.server.rest.dashboard.DashboardRoutes;
import wildcat.server.rest.dashboard.SessionRoutes;
import wildcat.server.rest.http.Access;
import wildcat.server.rest.http.HttpServer;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.legacy.LegacyAccounts;
import wildcat.server.rest.legacy.LegacyReading;
import wildcat.server.rest.legacy.LegacySending;
import wildcat.server.rest.legacy.LegacyWebhooks;
import wildcat.server.rest.openapi.OpenApiRoutes;
import wildcat.server.rest.v1.AccountRoutes;
import wildcat.server.rest.v1.Contents;
import wildcat.server.rest.v1.EventRoutes;
import wildcat.server.rest.v1.HealthRoutes;
import wildcat.server.rest.v1.KeyRoutes;
import wildcat.server.rest.v1.MessageRoutes;
import wildcat.server.rest.v1.QrRoutes;
import wildcat.server.rest.v1.WebhookRoutes;
import wildcat.server.webhook.Dispatcher;
import wildcat.server.webhook.EventJournal;
import wildcat.server.webhook.Webhooks;

/// A running server. It is ready when [#start] returns.
public final class WildcatServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WildcatServer.class);
  private static final int DELIVERIES_PER_WEBHOOK = 16;
  private static final int DELIVERIES_IN_ALL = 1_024;
  private static final String VERSION = "3.0.0";
  private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

  private final Config config;
  private final Parts parts;
  private final Optional<KeyText> newAdminKey;
  private final List<Route> routes;
  private final HttpServer http;
  private final int port;
  private final LocalAccounts accounts;
  private final Dispatcher dispatcher;
  private final Store store;
  private volatile boolean stopping;

  /// What was made for this server alone, to be closed with it.
  private volatile AutoCloseable outside = () -> {};

  private WildcatServer(Config config, Parts parts)
      throws IOException, StoreFailed, InterruptedException {
    this.config = config;
    this.parts = parts;
    var journal = new EventJournal(parts.random());
    this.store = parts.store().open(journal);
    var undo = new ArrayList<AutoCloseable>(List.of(store));
    boolean started = false;
    try {
      Files.createDirectories(config.data());
      Keys keys = Keys.load(store.records(), parts.clock(), parts.random());
      this.newAdminKey =
          config.withoutKeys()
              ? Optional.empty()
              : AdminKeyFile.ensure(keys, config.adminKeyFile(), config.newAdminKey());
      Webhooks webhooks = Webhooks.load(store, journal, parts.clock(), parts.random());
      this.dispatcher = dispatcher(webhooks);
      undo.add(dispatcher::stop);
      journal.onCommitted(dispatcher::wake);
      this.accounts = accounts();
      undo.add(accounts);
      var sessions = new Sessions(keys, parts.clock(), parts.random());
      this.routes = List.copyOf(routes(keys, sessions, webhooks));
      this.http =
          HttpServer.start(
              config.host(),
              config.port(),
              routes,
              config.withoutKeys() ? Access.withoutKeys() : Access.byKeys(keys, sessions),
              parts.random());
      this.port = http.port();
      started = true;
    } finally {
      if (!started) {
        undo.reversed().forEach(WildcatServer::closeQuietly);
      }
    }
    LOG.atInfo().addKeyValue("host", config.host()).addKeyValue("port", port).log("server_running");
    dispatcher.start();
    accounts.startAll();
    prune();
  }

  /// @throws IOException the port is taken, or the data folder cannot be used
  /// @throws StoreFailed the store cannot be opened or read
  public static WildcatServer start(Config config, Parts parts)
      throws IOException, StoreFailed, InterruptedException {
    return new WildcatServer(config, parts);
  }

  /// Starts with everything as the configuration says.
  public static WildcatServer start(Config config)
      throws IOException, StoreFailed, InterruptedException {
    var outside = Outside.of(config);
    boolean started = false;
    try {
      var server = new WildcatServer(config, outside.parts(config));
      server.outside = outside;
      started = true;
      return server;
    } finally {
      if (!started) {
        outside.close();
      }
    }
  }

  /// Starts with the embedded store in the configuration's data folder, but another outside for the accounts:
  /// that of a simulator, for example. The caller closes its connector and timers after the server.
  public static WildcatServer start(Config config, Environment environment)
      throws IOException, StoreFailed, InterruptedException {
    return new WildcatServer(config, Outside.parts(config, environment));
  }

  /// Where it listens.
  public URI address() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return URI.create("http://" + host + ":" + port);
  }

  /// The administrator's key, if this start has made one.
  public Optional<KeyText> newAdminKey() {
    return newAdminKey;
  }

  /// What it answers, for tests and documents.
  public List<Route> routes() {
    return routes;
  }

  private Dispatcher dispatcher(Webhooks webhooks) {
    var egress = new Egress(config.egress(), parts.names(), parts.timers());
    return new Dispatcher(
        new Dispatcher.World(
            store.outbox(), webhooks, egress, parts.timers(), parts.clock(), parts.random()),
        parts.schedule(),
        DELIVERIES_PER_WEBHOOK,
        DELIVERIES_IN_ALL);
  }

  private LocalAccounts accounts() throws StoreFailed {
    return LocalAccounts.load(
        new LocalAccounts.World(store, parts.accounts().over(store), parts.timers(), parts.clock()),
        new LocalAccounts.StartPolicy(
            config.accounts().startUnlinked(), config.accounts().startsPerSecond()),
        config.accounts().administrator().map(Announcement::new));
  }

  private List<Route> routes(Keys keys, Sessions sessions, Webhooks webhooks) {
    var sendMessage = new SendMessage(accounts, store.messages());
    var routes = new ArrayList<Route>();
    routes.addAll(new HealthRoutes(this::isReady).routes());
    routes.addAll(new LegacyAccounts(accounts, parts.clock()).routes());
    routes.addAll(new LegacySending(sendMessage, accounts).routes());
    routes.addAll(new LegacyReading(store.messages(), accounts).routes());
    routes.addAll(new LegacyWebhooks(webhooks, dispatcher).routes());
    routes.addAll(new AccountRoutes(accounts).routes());
    routes.addAll(new MessageRoutes(sendMessage, Contents.readers()).routes());
    routes.addAll(new QrRoutes(new ShowLinkCode(accounts), parts.clock()).routes());
    routes.addAll(new KeyRoutes(keys).routes());
    routes.addAll(new WebhookRoutes(webhooks, dispatcher, store.outbox()).routes());
    routes.addAll(new EventRoutes(store).routes());
    routes.addAll(new DashboardRoutes().routes());
    routes.addAll(
        new SessionRoutes(config.withoutKeys() ? Optional.empty() : Optional.of(sessions))
            .routes());
    routes.addAll(new OpenApiRoutes(() -> this.routes, VERSION).routes());
    return routes;
  }

  private boolean isReady() {
    if (stopping) {
      return false;
    }
    try {
      store.records().get("health", "probe");
      return true;
    } catch (StoreFailed _) {
      return false;
    }
  }

  private void prune() {
    Timers timers = parts.timers();
    var _ =
        timers.after(
            BETWEEN_PRUNINGS, () -> Thread.ofVirtual().name("prune").start(this::pruneNow));
  }

  private void pruneNow() {
    if (stopping) {
      return;
    }
    try {
      store.prune(parts.clock().instant(), Store.Retention.DEFAULT);
    } catch (StoreFailed e) {
      LOG.warn("prune_failed: {}", e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    prune();
  }

  /// Takes no new requests, lets those under way end, closes connections (devices stay linked) and the store.
  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    LOG.info("server_stopping");
    closeQuietly(http);
    closeQuietly(accounts);
    closeQuietly(dispatcher::stop);
    closeQuietly(store);
    closeQuietly(outside);
    LOG.info("server_stopped");
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.atError().setCause(e).log("close_failed");
    }
  }
}
