package wildcat.client.store;

import java.time.Instant;
import java.util.List;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.protocol.bytes.Bytes;

/// Turns events into what the log and the outbox hold. Called inside a transaction by the store's writer:
/// must be quick, must not block and must not call the store.
public interface EventRecorder {
  /// @param sequence taken by this event only if the unit is committed; given to the next one otherwise
  Entry entry(AccountId account, long sequence, Instant at, Event.Durable event);

  /// Called after the commit and before it is reported to its caller, in the order of sequence, by one
  /// thread at a time: wake up deliveries, feed streams. Must not block.
  void committed(List<RecordedEvent> events);

  /// @param destinations ids of the webhooks that are owed the event; each becomes an outbox row; at most
  ///     1,024, without repetition
  record Entry(String eventId, String type, String lane, Bytes body, List<String> destinations) {
    public static final int MAX_DESTINATIONS = 1024;

    public Entry {
      destinations = List.copyOf(destinations);
      if (destinations.size() > MAX_DESTINATIONS) {
        throw new IllegalArgumentException(
            destinations.size() + " destinations, the limit is " + MAX_DESTINATIONS);
      }
    }
  }
}
