package wildcat.server;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import wildcat.client.Environment;
import wildcat.client.session.ConnectPermits;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.SystemTimers;
import wildcat.server.config.Config;
import wildcat.server.egress.Egress;
import wildcat.server.webhook.Schedule;
import wildcat.store.mongodb.MongoSettings;
import wildcat.store.mongodb.MongoStore;
import wildcat.store.sqlite.SqliteSettings;
import wildcat.store.sqlite.SqliteStore;

/// The real outside: network, clock and secure randomness of this machine, the store on its disk or in a MongoDB.
final class Outside implements AutoCloseable {
  private final SystemTimers timers;
  private final FirstUseConnector connector;
  private final Environment environment;

  private Outside(Config config) {
    this.timers = new SystemTimers();
    this.connector = new FirstUseConnector();
    Environment whatsApp =
        Environment.ofWhatsApp(connector, timers)
            .at(config.whatsApp().server(), config.whatsApp().root());
    this.environment =
        new Environment(
            whatsApp.server(),
            whatsApp.root(),
            whatsApp.version(),
            connector,
            new ConnectPermits(timers, config.accounts().startsPerSecond()),
            timers,
            whatsApp.clock(),
            whatsApp.random(),
            whatsApp.curve());
  }

  static Outside of(Config config) {
    return new Outside(config);
  }

  Parts parts(Config config) {
    return parts(config, environment);
  }

  static Parts parts(Config config, Environment environment) {
    return new Parts(
        recorder -> store(config, recorder, environment.clock(), environment.random()),
        ClientAccount.opener(environment, config.accounts().deviceName()),
        environment.timers(),
        environment.clock(),
        environment.random(),
        Egress.Names.SYSTEM,
        Schedule.STANDARD);
  }

  /// The store the configuration names.
  static Store store(
      Config config, EventRecorder recorder, InstantSource clock, RandomGenerator random)
      throws StoreFailed {
    if (config.mongo().isEmpty()) {
      return SqliteStore.open(SqliteSettings.in(config.data()), recorder, clock, random);
    }
    Config.Mongo mongo = config.mongo().get();
    return MongoStore.open(
        MongoSettings.of(mongo.url(), mongo.database(), config.data()), recorder, clock, random);
  }

  @Override
  public void close() {
    connector.close();
    timers.close();
  }
}
