package wildcat.client.store;

import java.util.Map;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;

/// Small records by collection and key, for what an application around the client keeps: its accounts,
/// webhooks, API keys. Thread-safe; calls block; every write is durable when it returns.
public interface Records {
  /// @throws StoreFailed.Conflict the key exists
  void insert(String collection, String key, Bytes value) throws StoreFailed, InterruptedException;

  /// Inserts or replaces.
  void put(String collection, String key, Bytes value) throws StoreFailed, InterruptedException;

  Optional<Bytes> get(String collection, String key) throws StoreFailed;

  /// All of a collection, ordered by key.
  Map<String, Bytes> all(String collection) throws StoreFailed;

  /// @return whether it existed
  boolean remove(String collection, String key) throws StoreFailed, InterruptedException;
}
