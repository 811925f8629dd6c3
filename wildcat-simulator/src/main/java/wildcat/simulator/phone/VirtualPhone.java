package wildcat.simulator.phone;

import java.util.List;
import java.util.function.Consumer;
import wildcat.protocol.jid.Jid;

/// The phone of an account: scans codes, signs devices, reads and writes messages. All methods may be
/// called by any thread; what they start runs in the phone's own order.
public final class VirtualPhone {
  private VirtualPhone() {}

  public String pushName() {
    throw new UnsupportedOperationException("not built yet");
  }

  public Jid pn() {
    throw new UnsupportedOperationException("not built yet");
  }

  public Jid lid() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Links the client that shows this code. When it returns, the client has been told; it is linked
  /// once it has signed back and logs in under the returned address.
  ///
  /// @throws ScanRefused the code leads nowhere; nothing has changed
  public LinkedDevice scan(String qrText) throws ScanRefused {
    throw new UnsupportedOperationException("not built yet" + qrText);
  }

  /// The companions linked now.
  public List<LinkedDevice> devices() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Sends a text to a user (pn or lid) and to the own companions; returns the message's id at once.
  public String sendText(Jid to, String text) {
    throw new UnsupportedOperationException("not built yet" + to + text);
  }

  /// What it has decrypted, oldest first; only the newest are kept.
  public List<PhoneMessage> received() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Calls `listener` for every text it decrypts from now on (own companions' copies included), in
  /// order, on the phone's thread. The listener may send.
  public void onText(Consumer<PhoneMessage> listener) {
    throw new UnsupportedOperationException("not built yet" + listener);
  }

  /// Removes a companion; it is logged out at once or at its next login.
  ///
  /// @return false when it was not linked
  public boolean unlink(LinkedDevice device) {
    throw new UnsupportedOperationException("not built yet" + device);
  }

  /// Takes the phone off the network: what comes for it waits.
  public void goOffline() {
    throw new UnsupportedOperationException("not built yet");
  }

  public void goOnline() {
    throw new UnsupportedOperationException("not built yet");
  }
}
