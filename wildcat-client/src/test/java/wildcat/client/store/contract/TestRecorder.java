package wildcat.client.store.contract;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.protocol.bytes.Bytes;

/// Records events for whoever is in [#destinations]; lanes are chats.
public class TestRecorder implements EventRecorder {
  /// Records, but does not remember what was committed: for long runs.
  public static final class Silent extends TestRecorder {
    @Override
    public void committed(List<RecordedEvent> events) {}
  }

  public volatile List<String> destinations = List.of("hook");

  /// Whether the next events are refused, as by a bug in an encoder.
  public volatile boolean broken;

  private final List<RecordedEvent> committed = new CopyOnWriteArrayList<>();

  @Override
  public Entry entry(AccountId account, long sequence, Instant at, Event.Durable event) {
    if (broken) {
      throw new IllegalStateException("planted");
    }
    String lane =
        switch (event) {
          case Event.MessageReceived(var message) -> message.chat().toString();
          case Event.MessageSent(var message) -> message.chat().toString();
          case Event.MessageStatusChanged changed -> changed.chat().toString();
          case Event.MessageUndecryptable broken -> broken.chat().toString();
          default -> account.value();
        };
    return new Entry(
        "evt_" + account + "_" + sequence,
        event.getClass().getSimpleName(),
        lane,
        Bytes.ofUtf8("{\"sequence\":" + sequence + "}"),
        destinations);
  }

  @Override
  public void committed(List<RecordedEvent> events) {
    committed.addAll(events);
  }

  public List<RecordedEvent> committed() {
    return List.copyOf(committed);
  }
}
