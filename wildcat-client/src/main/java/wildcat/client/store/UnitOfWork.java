package wildcat.client.store;

import java.util.ArrayList;
import java.util.List;

/// The changes that belong together, mostly those of one stanza: all are committed, in order, or none.
/// Used by one thread.
public final class UnitOfWork {
  private final List<Change> changes = new ArrayList<>(8);

  public UnitOfWork add(Change change) {
    changes.add(change);
    return this;
  }

  public List<Change> changes() {
    return List.copyOf(changes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  public static UnitOfWork of(Change... changes) {
    var work = new UnitOfWork();
    for (Change change : changes) {
      work.add(change);
    }
    return work;
  }
}
