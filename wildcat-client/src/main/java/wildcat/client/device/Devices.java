package wildcat.client.device;

import java.util.Collection;
import java.util.Map;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.DeviceList;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.pairing.Adv;

/// Which devices users have: asked once, kept in the store until a notification or the time says otherwise.
public final class Devices {
  public Devices(Ledger ledger, OwnDevice own, LidMap lids, Adv adv) {}

  /// The lists of these users, from the store where they are fresh, else from the server, in one query.
  ///
  /// @param users without device, each in the form in which the answer is wanted
  /// @return by user; a user unknown to the server is missing
  public Map<Jid, DeviceList> of(Collection<Jid> users, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
