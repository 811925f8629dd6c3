package wildcat.client.chat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.MessageId;
import wildcat.client.event.Presence;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;

/// What an account can do in its chats besides sending. Thread-safe.
public interface Conversations {
  /// Marks as read, and tells the authors unless the account's owner hides that.
  ///
  /// @param upTo the last message read; empty: all there are
  /// @return how many messages were unread
  int read(Jid chat, Optional<MessageId> upTo)
      throws RequestFailed, StoreFailed, InterruptedException;

  /// Tells the author that a voice note or view-once message was played.
  void played(ChatMessage message) throws RequestFailed, StoreFailed, InterruptedException;

  /// Whether every message is marked as read as soon as it has come. It is not by itself.
  void readAutomatically(boolean automatically);

  void markUnread(Jid chat) throws StoreFailed, InterruptedException;

  /// @return the settings as they are now
  ChatSettings arrange(Jid chat, UnaryOperator<ChatSettings> change)
      throws StoreFailed, InterruptedException;

  /// @param state one of TYPING, RECORDING and PAUSED
  void typing(Jid chat, Presence.State state) throws RequestFailed, StoreFailed;

  /// Shows the account as online or not, until it is changed.
  void show(boolean online) throws RequestFailed, StoreFailed;

  /// Asks to be told when the person comes and goes.
  void subscribe(Jid person) throws RequestFailed, StoreFailed;

  /// What was heard of the person last.
  Optional<Presence> presence(Jid person) throws StoreFailed;
}
