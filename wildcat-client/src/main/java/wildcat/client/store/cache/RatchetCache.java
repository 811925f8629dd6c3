package wildcat.client.store.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// The ratchet records used last, decoded, of all accounts together. Thread-safe.
///
/// A record is found only under the very [View] it was put in with, and a view is dropped whenever rows
/// change in another way than by one put or removal. What a reader brings is taken only if its view has
/// seen no commit meanwhile, so an older record never replaces a newer one.
public final class RatchetCache {
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();

  /// In the order of use, the one used longest ago first.
  @GuardedBy("lock")
  private final LinkedHashMap<Key, RatchetRecord> records = new LinkedHashMap<>(16, 0.75f, true);

  public RatchetCache(int limit) {
    this.limit = limit;
  }

  /// What one owner of one account knows, until something makes it forget.
  public static final class View {
    private long commits; // guarded by the cache's lock
  }

  private record Key(View view, RatchetAddress address) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && view == key.view && address.equals(key.address);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(view) + address.hashCode();
    }
  }

  public Optional<RatchetRecord> get(View view, RatchetAddress address) {
    lock.lock();
    try {
      return Optional.ofNullable(records.get(new Key(view, address)));
    } finally {
      lock.unlock();
    }
  }

  /// To be asked before a row is read, and given to [#keepRead].
  public long commits(View view) {
    lock.lock();
    try {
      return view.commits;
    } finally {
      lock.unlock();
    }
  }

  /// Keeps what was read from the database, unless something was committed since `commitsBefore`.
  public void keepRead(
      View view, RatchetAddress address, RatchetRecord record, long commitsBefore) {
    lock.lock();
    try {
      if (view.commits == commitsBefore) {
        put(new Key(view, address), record);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes over what a commit has written; an empty record was removed.
  public void committed(View view, Map<RatchetAddress, Optional<RatchetRecord>> written) {
    lock.lock();
    try {
      view.commits++;
      written.forEach((address, record) -> {
        var key = new Key(view, address);
        if (record.isPresent()) {
          put(key, record.get());
        } else {
          records.remove(key);
        }
      });
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void put(Key key, RatchetRecord record) {
    records.put(key, record);
    if (records.size() > limit) {
      records.pollFirstEntry();
    }
  }
}
