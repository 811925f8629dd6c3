package wildcat.store.sqlite;

import java.util.List;

/// The first tables.
final class SchemaV1 {
  static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
          // the last number given: never given again, even when its row is gone
          "CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
          // name NULL: being purged; data_key NULL: deleted
          """
          CREATE TABLE accounts(
            id INTEGER PRIMARY KEY, name TEXT UNIQUE, epoch INTEGER NOT NULL, data_key BLOB,
            next_pre_key INTEGER NOT NULL)
          """,
          "CREATE TABLE credentials(account INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
          // a rowid table: the rows are too long to be their own index
          """
          CREATE TABLE ratchets(
            account INTEGER NOT NULL, user TEXT NOT NULL, device INTEGER NOT NULL,
            sealed BLOB NOT NULL, PRIMARY KEY(account, user, device))
          """,
          """
          CREATE TABLE identities(
            account INTEGER NOT NULL, user TEXT NOT NULL, device INTEGER NOT NULL,
            sealed BLOB NOT NULL, PRIMARY KEY(account, user, device)) WITHOUT ROWID
          """,
          """
          CREATE TABLE pre_keys(
            account INTEGER NOT NULL, id INTEGER NOT NULL, uploaded INTEGER NOT NULL,
            sealed BLOB NOT NULL, PRIMARY KEY(account, id)) WITHOUT ROWID
          """,
          """
          CREATE TABLE lids(
            account INTEGER NOT NULL, pn TEXT NOT NULL, lid TEXT NOT NULL,
            PRIMARY KEY(account, pn)) WITHOUT ROWID
          """,
          "CREATE UNIQUE INDEX lids_by_lid ON lids(account, lid)",
          """
          CREATE TABLE devices(
            account INTEGER NOT NULL, user TEXT NOT NULL, list BLOB NOT NULL,
            PRIMARY KEY(account, user)) WITHOUT ROWID
          """,
          // the sealed bytes as they were, of the table `source`; number is the device or the
          // pre-key's id
          """
          CREATE TABLE quarantine(
            id INTEGER PRIMARY KEY, account INTEGER NOT NULL, at INTEGER NOT NULL,
            source TEXT NOT NULL, user TEXT NOT NULL, number INTEGER NOT NULL, sealed BLOB NOT NULL)
          """,
          "CREATE INDEX quarantine_by_account ON quarantine(account)",
          """
          CREATE TABLE messages(
            row INTEGER PRIMARY KEY, account INTEGER NOT NULL, chat TEXT NOT NULL, id TEXT NOT NULL,
            sender TEXT NOT NULL, from_me INTEGER NOT NULL, timestamp INTEGER NOT NULL,
            status INTEGER NOT NULL, stored_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            type TEXT NOT NULL, push_name TEXT NOT NULL, text TEXT NOT NULL,
            details BLOB NOT NULL, content BLOB NOT NULL)
          """,
          "CREATE UNIQUE INDEX messages_by_id ON messages(account, id, chat, sender)",
          "CREATE INDEX messages_by_chat ON messages(account, chat, timestamp)",
          "CREATE INDEX messages_by_account ON messages(account, timestamp)",
          "CREATE INDEX messages_by_time ON messages(timestamp)",
          "CREATE INDEX messages_pending ON messages(account) WHERE status = 0 AND from_me = 1",
          // a rowid table: pruned in the order of storing
          """
          CREATE TABLE ciphertexts(
            row INTEGER PRIMARY KEY, account INTEGER NOT NULL, hash BLOB NOT NULL,
            at INTEGER NOT NULL)
          """,
          "CREATE UNIQUE INDEX ciphertexts_by_hash ON ciphertexts(account, hash)",
          """
          CREATE TABLE events(
            sequence INTEGER PRIMARY KEY, account INTEGER NOT NULL, event_id TEXT NOT NULL,
            type TEXT NOT NULL, lane TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL)
          """,
          // head: the oldest row that is not settled, which attempts and not_before are about;
          // not_before 0: never tried; destination NULL: forgotten, rows are still to be dropped
          """
          CREATE TABLE lanes(
            id INTEGER PRIMARY KEY, destination TEXT, account INTEGER NOT NULL, lane TEXT NOT NULL,
            head INTEGER, attempts INTEGER NOT NULL, not_before INTEGER NOT NULL,
            gap INTEGER NOT NULL)
          """,
          "CREATE UNIQUE INDEX lanes_by_name ON lanes(destination, account, lane)",
          """
          CREATE INDEX lanes_due ON lanes(destination, not_before, head) WHERE head IS NOT NULL
          """,
          // position: the event's sequence times 1024, plus which of its destinations
          "CREATE TABLE outbox(position INTEGER PRIMARY KEY, lane INTEGER NOT NULL)",
          "CREATE INDEX outbox_by_lane ON outbox(lane, position)",
          """
          CREATE TABLE dead_letters(
            position INTEGER PRIMARY KEY, destination TEXT NOT NULL, account INTEGER NOT NULL,
            attempts INTEGER NOT NULL, gap INTEGER NOT NULL, reason TEXT NOT NULL,
            at INTEGER NOT NULL)
          """,
          "CREATE INDEX dead_letters_by_destination ON dead_letters(destination, position)",
          """
          CREATE TABLE records(
            collection TEXT NOT NULL, key TEXT NOT NULL, sealed BLOB NOT NULL,
            PRIMARY KEY(collection, key)) WITHOUT ROWID
          """);

  private SchemaV1() {}
}
