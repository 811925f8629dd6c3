package wildcat.api.v1;

import java.util.List;
import wildcat.api.event.EventDocument;

/// A part of the log of events.
///
/// @param nextAfter what to ask for next; as it was when there was nothing new
public record EventPage(boolean ok, List<EventDocument> events, long nextAfter) {
  public EventPage {
    events = List.copyOf(events);
  }
}
