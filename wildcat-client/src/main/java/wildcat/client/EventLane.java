package wildcat.client;

import java.util.concurrent.Semaphore;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;
import wildcat.client.session.AccountThread;

/// Brings events to the user's listener one at a time, in the order in which they happened, on a virtual
/// thread of their own: a slow listener holds up neither the commit nor the network, until so many events wait
/// that those who make them have to wait, too. Thread-safe.
final class EventLane implements EventListener {
  static final int MAX_WAITING = 1_024;

  private final EventListener listener;
  private final AccountThread thread;
  private final Semaphore places = new Semaphore(MAX_WAITING);

  EventLane(AccountId account, EventListener listener) {
    this.listener = listener;
    thread = new AccountThread(account, "events of");
  }

  @Override
  public void on(AccountId account, Event event) {
    boolean own = thread.isCurrent();
    if (!own) {
      places.acquireUninterruptibly();
    }
    thread.execute(() -> {
      try {
        listener.on(account, event);
      } finally {
        if (!own) {
          places.release();
        }
      }
    });
  }

  /// Whether the caller is the listener.
  boolean isCurrent() {
    return thread.isCurrent();
  }
}
