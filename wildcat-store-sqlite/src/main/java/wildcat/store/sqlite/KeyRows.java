package wildcat.store.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.client.store.AccountStore.PreKeyStock;
import wildcat.client.store.DeviceList;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.codec.DeviceListCodec;
import wildcat.client.store.seal.AccountSeal;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;

/// The rows of one account's keys and of what it knows of others. Secrets pass through sealed.
final class KeyRows {

  /// The tables that hold a sealed row per device of a user.
  enum PerDevice {
    RATCHETS("ratchets"),
    IDENTITIES("identities");

    private final String get;
    private final String put;
    private final String remove;
    private final String ofUser;

    PerDevice(String table) {
      String one = " WHERE account = ? AND user = ? AND device = ?";
      get = "SELECT sealed FROM " + table + one;
      put =
          "INSERT INTO "
              + table
              + "(account, user, device, sealed) VALUES (?, ?, ?, ?)"
              + " ON CONFLICT DO UPDATE SET sealed = excluded.sealed";
      remove = "DELETE FROM " + table + one;
      ofUser = "SELECT device, sealed FROM " + table + " WHERE account = ? AND user = ?";
    }

    Optional<byte[]> get(Db db, long account, RatchetAddress address)
        throws SQLException, StoreFailed {
      return keyed(db.sql(get), account, address).first(row -> row.getBytes(1));
    }

    void put(Db db, long account, RatchetAddress address, byte[] sealed) throws SQLException {
      keyed(db.sql(put), account, address).with(sealed).update();
    }

    void remove(Db db, long account, RatchetAddress address) throws SQLException {
      keyed(db.sql(remove), account, address).update();
    }

    private static Sql keyed(Sql sql, long account, RatchetAddress address) throws SQLException {
      Jid jid = address.jid();
      return sql.with(account).with(jid.withoutDevice()).with(jid.device());
    }

    /// @param user without device
    List<SealedRow> ofUser(Db db, long account, Jid user) throws SQLException, StoreFailed {
      return db.sql(ofUser)
          .with(account)
          .with(user)
          .list(row ->
              new SealedRow(
                  new RatchetAddress(user.withDevice(row.getInt(1))), Bytes.wrap(row.getBytes(2))));
    }
  }

  record SealedRow(RatchetAddress address, Bytes sealed) {}

  private KeyRows() {}

  static Optional<byte[]> credentials(Db db, long account) throws SQLException, StoreFailed {
    return db.sql("SELECT sealed FROM credentials WHERE account = ?")
        .with(account)
        .first(row -> row.getBytes(1));
  }

  static void createCredentials(Db db, long account, byte[] sealed)
      throws SQLException, StoreFailed {
    int created =
        db.sql("INSERT INTO credentials(account, sealed) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .with(account)
            .with(sealed)
            .update();
    if (created == 0) {
      throw new StoreFailed.Conflict("the account has credentials already");
    }
  }

  static void updateCredentials(Db db, long account, byte[] sealed)
      throws SQLException, StoreFailed {
    int updated =
        db.sql("UPDATE credentials SET sealed = ? WHERE account = ?")
            .with(sealed)
            .with(account)
            .update();
    if (updated == 0) {
      throw new StoreFailed.Conflict("the account has no credentials to update");
    }
  }

  static Optional<byte[]> preKey(Db db, long account, int id) throws SQLException, StoreFailed {
    return db.sql("SELECT sealed FROM pre_keys WHERE account = ? AND id = ?")
        .with(account)
        .with(id)
        .first(row -> row.getBytes(1));
  }

  static void addPreKey(Db db, long account, int id, byte[] sealed)
      throws SQLException, StoreFailed {
    int added =
        db.sql(
                "INSERT INTO pre_keys(account, id, uploaded, sealed) VALUES (?, ?, 0, ?)"
                    + " ON CONFLICT DO NOTHING")
            .with(account)
            .with(id)
            .with(sealed)
            .update();
    if (added == 0) {
      throw new StoreFailed.Conflict("pre-key " + id + " exists");
    }
  }

  static void preKeysAddedUpTo(Db db, long account, int lastId) throws SQLException {
    db.sql("UPDATE accounts SET next_pre_key = ? WHERE id = ?")
        .with(lastId == PreKey.MAX_ID ? 1 : lastId + 1)
        .with(account)
        .update();
  }

  static void markPreKeyUploaded(Db db, long account, int id) throws SQLException {
    db.sql("UPDATE pre_keys SET uploaded = 1 WHERE account = ? AND id = ?")
        .with(account)
        .with(id)
        .update();
  }

  static void removePreKey(Db db, long account, int id) throws SQLException {
    db.sql("DELETE FROM pre_keys WHERE account = ? AND id = ?").with(account).with(id).update();
  }

  static PreKeyStock preKeyStock(Db db, long account) throws SQLException, StoreFailed {
    return db.sql(
            """
            SELECT coalesce((SELECT next_pre_key FROM accounts WHERE id = ?1), 1),
              (SELECT count(*) FROM pre_keys WHERE account = ?1 AND uploaded = 1)
            """)
        .with(account)
        .first(row -> new PreKeyStock(row.getInt(1), row.getInt(2)))
        .orElseThrow();
  }

  static List<PreKey> preKeysToUpload(Db db, long account, AccountSeal seal, int limit)
      throws SQLException, StoreFailed {
    return db.sql(
            "SELECT id, sealed FROM pre_keys WHERE account = ? AND uploaded = 0"
                + " ORDER BY id LIMIT ?")
        .with(account)
        .with(limit)
        .list(row -> seal.preKey(row.getInt(1), row.getBytes(2)));
  }

  static Optional<DeviceList> devices(Db db, long account, Jid user)
      throws SQLException, StoreFailed {
    return db.sql("SELECT list FROM devices WHERE account = ? AND user = ?")
        .with(account)
        .with(user)
        .first(row -> DeviceListCodec.decode(user, Bytes.wrap(row.getBytes(1))));
  }

  static void putDevices(Db db, long account, DeviceList list) throws SQLException {
    db.sql(
            "INSERT INTO devices(account, user, list) VALUES (?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET list = excluded.list")
        .with(account)
        .with(list.user())
        .with(DeviceListCodec.encode(list))
        .update();
  }

  static void removeDevices(Db db, long account, Jid user) throws SQLException {
    db.sql("DELETE FROM devices WHERE account = ? AND user = ?").with(account).with(user).update();
  }

  /// Moves all keys of an account out of the way, byte for byte, the wrapped data key with them, and gives
  /// the account a new data key.
  static void quarantine(Db db, long account, Instant at, byte[] newDataKey) throws SQLException {
    quarantineTable(db, "credentials", "'', 0", account, at);
    quarantineTable(db, "ratchets", "user, device", account, at);
    quarantineTable(db, "identities", "user, device", account, at);
    quarantineTable(db, "pre_keys", "'', id", account, at);
    db.sql("DELETE FROM devices WHERE account = ?").with(account).update();
    db.sql(
            """
            INSERT INTO quarantine(account, at, source, user, number, sealed)
            SELECT id, ?, 'accounts', '', 0, data_key FROM accounts WHERE id = ?
            """)
        .with(at)
        .with(account)
        .update();
    db.sql("UPDATE accounts SET data_key = ? WHERE id = ?").with(newDataKey).with(account).update();
  }

  private static void quarantineTable(
      Db db, String table, String userAndNumber, long account, Instant at) throws SQLException {
    db.sql(
            "INSERT INTO quarantine(account, at, source, user, number, sealed) SELECT account, ?, '"
                + table
                + "', "
                + userAndNumber
                + ", sealed FROM "
                + table
                + " WHERE account = ?")
        .with(at)
        .with(account)
        .update();
    db.sql("DELETE FROM " + table + " WHERE account = ?").with(account).update();
  }
}
