package wildcat.store.sqlite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.client.store.Records;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.seal.RowName;
import wildcat.client.store.seal.Seal;
import wildcat.client.store.seal.SealKey;
import wildcat.protocol.bytes.Bytes;

/// The application's records, sealed with the master key: they hold the secrets of webhooks.
final class SqliteRecords implements Records {
  private final Writer writer;
  private final Readers readers;
  private final Seal seal;
  private final SealKey master;

  SqliteRecords(Writer writer, Readers readers, Seal seal, SealKey master) {
    this.writer = writer;
    this.readers = readers;
    this.seal = seal;
    this.master = master;
  }

  @Override
  public void insert(String collection, String key, Bytes value)
      throws StoreFailed, InterruptedException {
    byte[] sealed = sealed(collection, key, value);
    writer.write(transaction -> {
      int inserted =
          transaction
              .db()
              .sql(
                  "INSERT INTO records(collection, key, sealed) VALUES (?, ?, ?)"
                      + " ON CONFLICT DO NOTHING")
              .with(collection)
              .with(key)
              .with(sealed)
              .update();
      if (inserted == 0) {
        throw new StoreFailed.Conflict("a record with this key exists in " + collection);
      }
      return inserted;
    });
  }

  /// A record that cannot be read may be replaced: unlike an account's keys, it can be made anew.
  @Override
  public void put(String collection, String key, Bytes value)
      throws StoreFailed, InterruptedException {
    byte[] sealed = sealed(collection, key, value);
    writer.write(transaction ->
        transaction
            .db()
            .sql(
                "INSERT INTO records(collection, key, sealed) VALUES (?, ?, ?)"
                    + " ON CONFLICT DO UPDATE SET sealed = excluded.sealed")
            .with(collection)
            .with(key)
            .with(sealed)
            .update());
  }

  @Override
  public Optional<Bytes> get(String collection, String key) throws StoreFailed {
    Optional<byte[]> sealed =
        readers.read(db ->
            db.sql("SELECT sealed FROM records WHERE collection = ? AND key = ?")
                .with(collection)
                .with(key)
                .first(row -> row.getBytes(1)));
    return sealed.isEmpty() ? Optional.empty() : Optional.of(opened(collection, key, sealed.get()));
  }

  @Override
  public Map<String, Bytes> all(String collection) throws StoreFailed {
    List<Sealed> rows =
        readers.read(db ->
            db.sql("SELECT key, sealed FROM records WHERE collection = ? ORDER BY key")
                .with(collection)
                .list(row -> new Sealed(row.getString(1), Bytes.wrap(row.getBytes(2)))));
    var all = new LinkedHashMap<String, Bytes>();
    for (Sealed row : rows) {
      all.put(row.key(), opened(collection, row.key(), row.value().toArray()));
    }
    return all;
  }

  private record Sealed(String key, Bytes value) {}

  @Override
  public boolean remove(String collection, String key) throws StoreFailed, InterruptedException {
    return writer.write(transaction ->
        transaction
                .db()
                .sql("DELETE FROM records WHERE collection = ? AND key = ?")
                .with(collection)
                .with(key)
                .update()
            > 0);
  }

  private byte[] sealed(String collection, String key, Bytes value) {
    return seal.seal(master, RowName.of("", "records", collection, key), value.toArray());
  }

  private Bytes opened(String collection, String key, byte[] sealed) throws StoreFailed {
    return Bytes.wrap(seal.open(master, RowName.of("", "records", collection, key), sealed));
  }
}
