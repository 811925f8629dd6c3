package wildcat.server.webhook;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import wildcat.api.Json;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.protocol.bytes.Bytes;

/// Writes the document of each event, once, and says who is owed it. It exists before the store does: until
/// the webhooks are loaded nobody is owed anything, so no account may be opened before.
public final class EventJournal implements EventRecorder {
  private final EventIds ids;
  private final Subscriptions subscriptions = new Subscriptions();

  /// Who is owed an event whose transaction is not over, by sequence. That of a failed one is overwritten,
  /// since its number is given again.
  private final Map<Long, List<String>> uncommitted = new ConcurrentHashMap<>();

  private volatile Consumer<Set<String>> wake = _ -> {};

  public EventJournal(RandomGenerator random) {
    this.ids = new EventIds(random);
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /// @param listener gets the ids of webhooks that are owed something new, after the commit; must not block
  public void onCommitted(Consumer<Set<String>> listener) {
    wake = listener;
  }

  @Override
  public Entry entry(AccountId account, long sequence, Instant at, Event.Durable event) {
    String type = EventTypes.of(event);
    String id = ids.next(at);
    var head = new EventBodies.Head(type, id, sequence, account, at);
    List<String> owed = subscriptions.owed(type, event);
    if (owed.isEmpty()) {
      uncommitted.remove(sequence);
    } else {
      uncommitted.put(sequence, owed);
    }
    return new Entry(
        id,
        type,
        EventBodies.lane(event),
        Bytes.wrap(Json.bytes(EventBodies.of(head, event))),
        owed);
  }

  @Override
  public void committed(List<RecordedEvent> events) {
    var now = new HashSet<String>();
    for (RecordedEvent event : events) {
      List<String> owed = uncommitted.remove(event.sequence());
      if (owed != null) {
        now.addAll(owed);
      }
    }
    if (!now.isEmpty()) {
      wake.accept(now);
    }
  }
}
