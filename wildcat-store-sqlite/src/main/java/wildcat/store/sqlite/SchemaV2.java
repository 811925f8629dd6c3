package wildcat.store.sqlite;

import java.util.List;

/// What messages do to messages: reactions, edits, votes are rows that no list shows.
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
          "CREATE INDEX messages_by_time ON messages(hidden, timestamp)");

  private SchemaV2() {}
}
