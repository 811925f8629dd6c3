package wildcat.client.message;

import java.util.random.RandomGenerator;
import wildcat.client.device.Devices;
import wildcat.client.event.ChatMessage;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;

/// Sends messages: finds the devices, encrypts for each, stores, delivers. Thread-safe.
public final class Sender {
  public Sender(Ratchets ratchets, Devices devices, Timers timers, RandomGenerator random) {}

  /// Sends a text to all devices of a user and to our own other devices; returns when the server has
  /// acknowledged it.
  ///
  /// @return the message as stored
  public ChatMessage send(OutgoingText text, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Sends what was committed but never acknowledged, with the same ids, encrypted anew. To be called
  /// after each login on a thread of its own: it waits for the server's acknowledgements.
  public void resendUnacknowledged(Exchange exchange) throws StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
