package wildcat.client.prekey;

import java.util.random.RandomGenerator;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.curve.Curve;

/// Our one-time pre-keys: keeps the server's supply filled.
public final class PreKeyPool {
  public PreKeyPool(Ledger ledger, Curve curve, RandomGenerator random) {}

  /// Asks how many keys the server has left and uploads more when they are few. To be called after each
  /// login.
  public void atLogin(Exchange exchange) throws RequestFailed, StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
