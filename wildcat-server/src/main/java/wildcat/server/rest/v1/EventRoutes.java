package wildcat.server.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import wildcat.api.v1.EventPage;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Store;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.Route;

/// The log of events, to be pulled: the same documents that webhooks get.
public final class EventRoutes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_BYTES = 8 << 20;

  private final Store store;

  public EventRoutes(Store store) {
    this.store = store;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/events", Scope.READ, this::after)
            .says(
                Doc.of("Pull events")
                    .text(
                        "Events after a sequence number, oldest first. Ask again with `nextAfter`.")
                    .number("after", 0, 0, Long.MAX_VALUE / 10, "The last sequence number seen")
                    .number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT, "At most so many")
                    .answers(200, EventPage.class)));
  }

  /// Ask again with `nextAfter`; it moves on even when the caller may see none of the events between.
  private void after(Call call) throws Exception {
    long after = call.query("after", 0, 0, Long.MAX_VALUE / 10);
    int limit = (int) call.query("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    List<RecordedEvent> events = store.eventsAfter(after, limit);
    var answer = new ByteArrayOutputStream();
    answer.writeBytes("{\"ok\":true,\"events\":[".getBytes(UTF_8));
    long last = after;
    boolean first = true;
    for (RecordedEvent event : events) {
      if (answer.size() > MAX_BYTES) {
        break;
      }
      last = event.sequence();
      if (call.caller().mayTouch(event.account())) {
        if (!first) {
          answer.write(',');
        }
        first = false;
        answer.writeBytes(event.body().toArray());
      }
    }
    answer.writeBytes(("],\"nextAfter\":" + last + "}").getBytes(UTF_8));
    call.bytes(200, "application/json; charset=utf-8", answer.toByteArray());
  }
}
