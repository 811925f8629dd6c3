package wildcat.simulator.fault;

import java.util.List;
import wildcat.protocol.jid.Jid;

/// The faults of a simulator. All methods may be called by any thread.
public final class Faults {
  /// A rule at work.
  ///
  /// @param fired how often it has acted
  public record Armed(int number, Rule rule, int fired) {}

  /// @return the number to ask for it later
  public int arm(Rule rule) {
    throw new UnsupportedOperationException("not built yet" + rule);
  }

  /// All rules since the last clearing, also those that are used up.
  public List<Armed> armed() {
    throw new UnsupportedOperationException("not built yet");
  }

  public void clear() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Forgets the one-time pre-keys a device has uploaded, as if others had used them.
  ///
  /// @return how many there were
  public int consumePreKeys(Jid device) {
    throw new UnsupportedOperationException("not built yet" + device);
  }

  /// Writes everything a device has not answered for once more, on its open connection or at its next
  /// login.
  ///
  /// @return how many stanzas
  public int redeliverAll(Jid device) {
    throw new UnsupportedOperationException("not built yet" + device);
  }

  /// Cuts a device's TCP connection now.
  ///
  /// @return false when it has none
  public boolean cut(Jid device) {
    throw new UnsupportedOperationException("not built yet" + device);
  }
}
