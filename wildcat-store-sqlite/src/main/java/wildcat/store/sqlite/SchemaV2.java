package wildcat.store.sqlite;

import java.util.List;

/// What messages do to messages: reactions, edits, votes are rows that no list shows. Receipts by person, what
/// is known of chats and of persons.
final class SchemaV2 {
  static final List<String> STATEMENTS =
      List.of(
          "ALTER TABLE messages ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0",
          """
          UPDATE messages SET hidden = 1 WHERE type IN ('comment', 'disappearing', 'edit',
            'encrypted_edit', 'event_response', 'keep', 'pin', 'poll_vote', 'protocol', 'reaction',
            'revoke')
          """,
          "DROP INDEX messages_by_chat",
          "DROP INDEX messages_by_account",
          "DROP INDEX messages_by_time",
          // pruning and renaming of chats need the hidden ones too
          "CREATE INDEX messages_by_chat ON messages(account, chat, hidden, timestamp)",
          "CREATE INDEX messages_by_account ON messages(account, hidden, timestamp)",
          "CREATE INDEX messages_by_time ON messages(hidden, timestamp)",
          // times are NULL until then
          """
          CREATE TABLE receipts(
            message INTEGER NOT NULL, person TEXT NOT NULL, delivered INTEGER, read INTEGER,
            played INTEGER, PRIMARY KEY(message, person)) WITHOUT ROWID
          """,
          """
          CREATE TRIGGER receipts_with_message AFTER DELETE ON messages BEGIN
            DELETE FROM receipts WHERE message = OLD.row;
          END
          """,
          // read_time, read_row: the last message read; pinned_at, muted_until: 0 when not
          """
          CREATE TABLE chats(
            account INTEGER NOT NULL, chat TEXT NOT NULL, archived INTEGER NOT NULL DEFAULT 0,
            pinned_at INTEGER NOT NULL DEFAULT 0, muted_until INTEGER NOT NULL DEFAULT 0,
            marked_unread INTEGER NOT NULL DEFAULT 0, read_time INTEGER NOT NULL DEFAULT -1,
            read_row INTEGER NOT NULL DEFAULT -1, PRIMARY KEY(account, chat)) WITHOUT ROWID
          """,
          """
          CREATE TABLE contacts(
            account INTEGER NOT NULL, person TEXT NOT NULL, push_name TEXT NOT NULL,
            verified_name TEXT NOT NULL, saved_name TEXT NOT NULL,
            PRIMARY KEY(account, person)) WITHOUT ROWID
          """);

  private SchemaV2() {}
}
