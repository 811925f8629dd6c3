package wildcat.client.store;

import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.protocol.jid.Jid;

/// The chats and persons of all accounts, for reading. Thread-safe; calls block.
public interface ChatArchive {
  /// Nobody counts further: what is unread beyond is as many.
  int MAX_UNREAD = 9_999;

  /// The chats that have a message, the one with the newest message first.
  List<Chat> chats(ChatQuery query) throws StoreFailed;

  /// Empty when nothing is known of such a chat.
  Optional<Chat> chat(AccountId account, Jid chat) throws StoreFailed;

  /// By address.
  List<Contact> contacts(ContactQuery query) throws StoreFailed;

  Optional<Contact> contact(AccountId account, Jid person) throws StoreFailed;

  /// The other name of a user: the lid of a pn, the pn of a lid.
  Optional<Jid> twin(AccountId account, Jid user) throws StoreFailed;

  /// @param markedUnread by the user, whatever was read
  /// @param unread messages of others that came after the last one read, [#MAX_UNREAD] at most
  /// @param messageCount [#chat] does not count: 0 or 1
  /// @param contact the person, in a chat of two of whom a name is known
  record Chat(
      Jid chat,
      ChatSettings settings,
      boolean markedUnread,
      int unread,
      long messageCount,
      Optional<ArchivedMessage> lastMessage,
      Optional<Contact> contact) {}

  /// @param archived empty: both
  /// @param before exclusive; the last chat of the previous page
  record ChatQuery(
      AccountId account, Optional<Boolean> archived, Optional<Position> before, int limit) {}

  /// Where a chat stands in the list: its newest message.
  ///
  /// @param timestampMillis of that message
  /// @param row of that message
  record Position(long timestampMillis, long row) {}

  /// @param name a part of any of the names; "" matches all. The case of ASCII letters does not matter
  /// @param after exclusive, by address as text
  record ContactQuery(AccountId account, String name, Optional<Jid> after, int limit) {}
}
