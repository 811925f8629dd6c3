package wildcat.simulator.phone;

import wildcat.protocol.jid.Jid;

/// A companion of an account: both of its addresses, with the same device number of 1 or more.
public record LinkedDevice(Jid pn, Jid lid) {
  public LinkedDevice {
    if (pn.device() < 1 || pn.device() != lid.device()) {
      throw new IllegalArgumentException("not a companion: " + pn.device() + ", " + lid.device());
    }
  }

  public int number() {
    return pn.device();
  }
}
