package wildcat.client.message;

import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.store.Ledger;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.ratchet.Ratchet;

/// The ratchets of one account: reads, steps and identities.
public final class Ratchets {
  public Ratchets(Ledger ledger, OwnDevice own, LidMap lids, Ratchet ratchet, Adv adv) {}
}
