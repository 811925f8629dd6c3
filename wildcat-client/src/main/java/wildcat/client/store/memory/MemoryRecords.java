package wildcat.client.store.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.store.Records;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// Small records by collection and key.
final class MemoryRecords implements Records {
  private final ReentrantLock lock;

  @GuardedBy("lock")
  private final Map<String, TreeMap<String, Bytes>> collections = new HashMap<>();

  MemoryRecords(ReentrantLock lock) {
    this.lock = lock;
  }

  @Override
  public void insert(String collection, String key, Bytes value)
      throws StoreFailed, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (collection(collection).putIfAbsent(key, value) != null) {
        throw new StoreFailed.Conflict("a record with this key exists in " + collection);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(String collection, String key, Bytes value) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      collection(collection).put(key, value);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Bytes> get(String collection, String key) {
    lock.lock();
    try {
      return Optional.ofNullable(collection(collection).get(key));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<String, Bytes> all(String collection) {
    lock.lock();
    try {
      return new LinkedHashMap<>(collection(collection));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean remove(String collection, String key) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return collection(collection).remove(key) != null;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Map<String, Bytes> collection(String name) {
    return collections.computeIfAbsent(name, _ -> new TreeMap<>());
  }
}
