package wildcat.server.store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import wildcat.api.Json;
import wildcat.client.store.Records;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// One collection of records, as values. Thread-safe; calls block; a write is durable when it returns.
public final class Rows<T> {
  private final Records records;
  private final String collection;
  private final Class<T> type;

  public Rows(Records records, String collection, Class<T> type) {
    this.records = records;
    this.collection = collection;
    this.type = type;
  }

  /// @throws StoreFailed.Conflict the key exists
  public void insert(String key, T row) throws StoreFailed, InterruptedException {
    records.insert(collection, key, encode(row));
  }

  public void put(String key, T row) throws StoreFailed, InterruptedException {
    records.put(collection, key, encode(row));
  }

  public Optional<T> get(String key) throws StoreFailed {
    Optional<Bytes> found = records.get(collection, key);
    return found.isEmpty() ? Optional.empty() : Optional.of(decode(key, found.get()));
  }

  /// Ordered by key.
  ///
  /// @throws StoreFailed.Unreadable one of them cannot be read; none is left out in silence
  public Map<String, T> all() throws StoreFailed {
    var rows = new LinkedHashMap<String, T>();
    for (var entry : records.all(collection).entrySet()) {
      rows.put(entry.getKey(), decode(entry.getKey(), entry.getValue()));
    }
    return rows;
  }

  public boolean remove(String key) throws StoreFailed, InterruptedException {
    return records.remove(collection, key);
  }

  private Bytes encode(T row) {
    return Bytes.wrap(Json.bytes(row));
  }

  private T decode(String key, Bytes json) throws StoreFailed.Unreadable {
    try {
      return Json.read(json.toArray(), type);
    } catch (IOException | IllegalArgumentException e) {
      // without the cause: its text may quote the record
      throw new StoreFailed.Unreadable(
          "record " + key + " of " + collection + " (" + e.getClass().getSimpleName() + ")");
    }
  }
}
