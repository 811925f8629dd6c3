package wildcat.server;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;
import wildcat.server.account.LinkedAccount;
import wildcat.server.egress.Egress;
import wildcat.server.webhook.Schedule;

/// The outside of a server: what a test replaces.
///
/// @param random a `SecureRandom` outside of tests: keys and secrets come from it
/// @param schedule of webhook deliveries
public record Parts(
    StoreOpener store,
    AccountOpener accounts,
    Timers timers,
    InstantSource clock,
    RandomGenerator random,
    Egress.Names names,
    Schedule schedule) {

  /// Opens the store; the server closes it.
  public interface StoreOpener {
    Store open(EventRecorder recorder) throws StoreFailed, InterruptedException;
  }

  /// Says how accounts are run over a store.
  public interface AccountOpener {
    LinkedAccount.Opener over(Store store);
  }
}
