package wildcat.client.store;

import java.time.Instant;
import java.util.List;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.protocol.bytes.Bytes;

/// Turns events into what the log and the outbox hold. Called inside a transaction by the store's writer:
/// must be quick, must not block and must not call the store.
public interface EventRecorder {
  Entry entry(AccountId account, long sequence, Instant at, Event.Durable event);

  /// Called after the commit, in the order of sequence: wake up deliveries, feed streams. Must not block.
  void committed(List<RecordedEvent> events);

  /// @param destinations ids of the webhooks that are owed the event; each becomes an outbox row
  record Entry(String eventId, String type, String lane, Bytes body, List<String> destinations) {
    public Entry {
      destinations = List.copyOf(destinations);
    }
  }
}
