package wildcat.store.mongodb;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.client.store.Change;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;

/// The documents of chats and persons, which are among the account's keys, and of receipts.
final class ChatDocuments {
  private static final Document NO_CHAT = new Document();

  private ChatDocuments() {}

  /// How a chat was arranged, and the last message of it that was read.
  ///
  /// @param readTime -1 when nothing was read
  record Stand(ChatSettings settings, boolean markedUnread, long readTime, long readRow) {}

  static Stand stand(Optional<Document> stored) throws StoreFailed.Unreadable {
    Document document = stored.orElse(NO_CHAT);
    if (document.isEmpty()) {
      return new Stand(ChatSettings.NONE, false, -1, -1);
    }
    var fields = new Stored(document);
    return new Stand(
        new ChatSettings(
            fields.flag("archived"), time(document, "pinnedAt"), time(document, "mutedUntil")),
        fields.flag("markedUnread"),
        fields.number("readTime"),
        fields.number("readRow"));
  }

  static Document document(Jid chat, Stand stand) {
    return new Document("_id", AuthIds.chat(chat))
        .append("archived", stand.settings().archived())
        .append("pinnedAt", date(stand.settings().pinnedAt()))
        .append("mutedUntil", date(stand.settings().mutedUntil()))
        .append("markedUnread", stand.markedUnread())
        .append("readTime", stand.readTime())
        .append("readRow", stand.readRow());
  }

  static Document document(Contact contact) {
    return new Document("_id", AuthIds.contact(contact.person()))
        .append("person", contact.person().toString())
        .append("pushName", contact.pushName())
        .append("verifiedName", contact.verifiedName())
        .append("savedName", contact.savedName());
  }

  static Contact contact(Document document) throws StoreFailed.Unreadable {
    var fields = new Stored(document);
    return new Contact(
        fields.jid("person"),
        fields.text("pushName"),
        fields.text("verifiedName"),
        fields.text("savedName"));
  }

  /// All receipts of a message have names that begin so.
  static String receiptsOf(AccountId account, Jid chat, MessageId id) {
    return receiptsOf(account, chat) + id + "/";
  }

  static String receiptsOf(AccountId account, Jid chat) {
    return account + "/" + chat + "/";
  }

  static Document noted(
      String id, Optional<Document> before, Change.NoteReceipt change, Instant now)
      throws StoreFailed.Unreadable {
    Jid person = change.person();
    Receipt noted =
        (before.isPresent() ? receipt(before.get()) : Receipt.none(person))
            .noting(change.status(), change.at());
    return new Document("_id", id)
        .append("person", person.toString())
        .append("delivered", date(noted.deliveredAt()))
        .append("read", date(noted.readAt()))
        .append("played", date(noted.playedAt()))
        .append("at", before.isPresent() ? before.get().get("at") : Date.from(now));
  }

  static Receipt receipt(Document document) throws StoreFailed.Unreadable {
    return new Receipt(
        new Stored(document).jid("person"),
        time(document, "delivered"),
        time(document, "read"),
        time(document, "played"));
  }

  private static Optional<Instant> time(Document document, String field) {
    return document.get(field) instanceof Date date
        ? Optional.of(date.toInstant())
        : Optional.empty();
  }

  private static @Nullable Date date(Optional<Instant> time) {
    return time.map(Date::from).orElse(null);
  }
}
