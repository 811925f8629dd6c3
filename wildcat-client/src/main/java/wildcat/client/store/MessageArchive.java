package wildcat.client.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.protocol.jid.Jid;

/// The stored messages, for reading. Thread-safe; calls block. What [ChatMessage#isAction] is found by its id
/// only: lists and counts are about messages.
public interface MessageArchive {
  List<ArchivedMessage> find(MessageQuery query) throws StoreFailed;

  long count(MessageQuery query) throws StoreFailed;

  /// The newest message with that id.
  Optional<ArchivedMessage> byId(AccountId account, MessageId id) throws StoreFailed;

  /// The chats of an account, the one with the newest message first.
  List<ChatSummary> chats(AccountId account, int limit, int offset) throws StoreFailed;

  /// How far a message of ours has come with each person, by address; empty for messages of others.
  List<Receipt> receipts(ArchivedMessage message) throws StoreFailed;

  /// @param storedAt when it was committed
  /// @param row grows with time of storing; a cursor for paging
  record ArchivedMessage(
      AccountId account, ChatMessage message, Instant storedAt, Instant updatedAt, long row) {}

  record ChatSummary(Jid chat, long messageCount, ArchivedMessage lastMessage) {}

  /// What messages have to be. Empty optionals do not restrict.
  ///
  /// @param text a part of the text or caption; the case of ASCII letters does not matter
  record Filter(Optional<Boolean> fromMe, Optional<String> type, Optional<String> text) {
    public static final Filter NONE =
        new Filter(Optional.empty(), Optional.empty(), Optional.empty());

    @Override
    public String toString() {
      return "filter";
    }
  }

  /// Newest first: by message timestamp, then by row. Empty optionals do not restrict.
  ///
  /// @param before exclusive, by message timestamp
  /// @param after exclusive, by message timestamp
  /// @param beforeRow exclusive; the row of the last message of the previous page. When that one is gone,
  ///     so is all that would follow
  record MessageQuery(
      Optional<AccountId> account,
      Optional<Jid> chat,
      Optional<Instant> before,
      Optional<Instant> after,
      Optional<Long> beforeRow,
      Filter filter,
      int limit,
      int offset) {
    public MessageQuery {
      if (limit < 0 || offset < 0) {
        throw new IllegalArgumentException("limit " + limit + " or offset " + offset + " below 0");
      }
    }

    public static MessageQuery all(int limit, int offset) {
      return new MessageQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Filter.NONE,
          limit,
          offset);
    }

    public MessageQuery of(AccountId wanted) {
      return new MessageQuery(
          Optional.of(wanted), chat, before, after, beforeRow, filter, limit, offset);
    }

    public MessageQuery in(Jid wanted) {
      return new MessageQuery(
          account, Optional.of(wanted), before, after, beforeRow, filter, limit, offset);
    }

    public MessageQuery between(Optional<Instant> newest, Optional<Instant> oldest) {
      return new MessageQuery(account, chat, newest, oldest, beforeRow, filter, limit, offset);
    }

    public MessageQuery below(long row) {
      return new MessageQuery(
          account, chat, before, after, Optional.of(row), filter, limit, offset);
    }

    public MessageQuery only(Filter wanted) {
      return new MessageQuery(account, chat, before, after, beforeRow, wanted, limit, offset);
    }
  }
}
