package wildcat.store.mongodb;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import wildcat.client.event.AccountId;
import wildcat.client.event.Contact;
import wildcat.client.store.Change;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.store.mongodb.ChatDocuments.Stand;

/// What a [PlannedUnit] does to chats, persons and receipts.
final class PlannedChats {
  /// Instead of a row: that of a message of the same unit, which the writer gives.
  static final String ROW_OF = "readRowOf";

  private final AccountId account;
  private final String auth;
  private final Instant now;
  private final Documents documents;

  /// The documents as they are after the changes so far.
  interface Documents {
    Optional<Document> get(String collection, Object id) throws StoreFailed;

    /// The messages of ours and of others with that id in that chat.
    List<Document> messages(Jid chat, String id) throws StoreFailed;

    List<Document> receipts(String prefix) throws StoreFailed;

    void put(String collection, Document document);

    void remove(String collection, Object id);
  }

  PlannedChats(AccountId account, Instant now, Documents documents) {
    this.account = account;
    this.auth = Names.auth(account);
    this.now = now;
    this.documents = documents;
  }

  void apply(Change.OfChats change) throws StoreFailed {
    switch (change) {
      case Change.NoteReceipt note -> note(note);
      case Change.ReadChat read -> read(read);
      case Change.MarkUnread mark -> markUnread(mark);
      case Change.PutChatSettings settings -> arrange(settings);
      case Change.PutContact(var contact) -> put(contact);
    }
  }

  private void note(Change.NoteReceipt change) throws StoreFailed {
    for (Document message : documents.messages(change.chat(), change.id().value())) {
      if (new Stored(message).flag("fromMe")) {
        String id = ChatDocuments.receiptsOf(account, change.chat(), change.id()) + change.person();
        documents.put(
            Names.RECEIPTS,
            ChatDocuments.noted(id, documents.get(Names.RECEIPTS, id), change, now));
        return;
      }
    }
  }

  private void read(Change.ReadChat change) throws StoreFailed {
    Optional<Document> newest = Optional.empty();
    for (Document message : documents.messages(change.chat(), change.upTo().value())) {
      if (newest.isEmpty() || isAfter(message, time(newest.get()), row(newest.get()))) {
        newest = Optional.of(message);
      }
    }
    if (newest.isEmpty()) {
      return;
    }
    Optional<Document> stored = documents.get(auth, AuthIds.chat(change.chat()));
    Stand before = ChatDocuments.stand(stored);
    boolean further = isAfter(newest.get(), before.readTime(), before.readRow());
    Stand after =
        new Stand(
            before.settings(),
            false,
            further ? time(newest.get()) : before.readTime(),
            further ? row(newest.get()) : before.readRow());
    Document document = ChatDocuments.document(change.chat(), after);
    boolean unnumbered = further && row(newest.get()) == 0;
    documents.put(auth, unnumbered ? document.append(ROW_OF, Stored.id(newest.get())) : document);
  }

  private static boolean isAfter(Document message, long time, long row)
      throws StoreFailed.Unreadable {
    long rank = row(message) == 0 ? Long.MAX_VALUE : row(message);
    return time(message) > time || (time(message) == time && rank > row);
  }

  private static long time(Document message) throws StoreFailed.Unreadable {
    return new Stored(message).number("time");
  }

  private static long row(Document message) throws StoreFailed.Unreadable {
    return new Stored(message).number("row");
  }

  private void markUnread(Change.MarkUnread change) throws StoreFailed {
    Stand before = stand(change.chat());
    put(
        change.chat(),
        new Stand(before.settings(), change.marked(), before.readTime(), before.readRow()));
  }

  private void arrange(Change.PutChatSettings change) throws StoreFailed {
    Stand before = stand(change.chat());
    put(
        change.chat(),
        new Stand(change.settings(), before.markedUnread(), before.readTime(), before.readRow()));
  }

  private Stand stand(Jid chat) throws StoreFailed {
    return ChatDocuments.stand(documents.get(auth, AuthIds.chat(chat)));
  }

  private void put(Jid chat, Stand stand) throws StoreFailed {
    Optional<Document> before = documents.get(auth, AuthIds.chat(chat));
    Document document = ChatDocuments.document(chat, stand);
    Optional<Object> rowOf = before.map(known -> known.get(ROW_OF));
    documents.put(auth, rowOf.isPresent() ? document.append(ROW_OF, rowOf.get()) : document);
  }

  private void put(Contact contact) {
    documents.put(auth, ChatDocuments.document(contact));
  }

  /// What is under the lid moves to the pn, where that has nothing of its own.
  void rename(Jid lid, Jid pn) throws StoreFailed {
    Optional<Document> chat = documents.get(auth, AuthIds.chat(lid));
    if (chat.isPresent()) {
      documents.remove(auth, AuthIds.chat(lid));
      if (documents.get(auth, AuthIds.chat(pn)).isEmpty()) {
        documents.put(auth, new Document(chat.get()).append("_id", AuthIds.chat(pn)));
      }
    }
    Optional<Document> person = documents.get(auth, AuthIds.contact(lid));
    if (person.isPresent()) {
      documents.remove(auth, AuthIds.contact(lid));
      Optional<Document> known = documents.get(auth, AuthIds.contact(pn));
      Contact before = known.isPresent() ? ChatDocuments.contact(known.get()) : Contact.unknown(pn);
      put(before.and(ChatDocuments.contact(person.get())));
    }
    String from = ChatDocuments.receiptsOf(account, lid);
    for (Document receipt : documents.receipts(from)) {
      String id = Stored.id(receipt).toString();
      documents.remove(Names.RECEIPTS, id);
      String moved = ChatDocuments.receiptsOf(account, pn) + id.substring(from.length());
      documents.put(Names.RECEIPTS, new Document(receipt).append("_id", moved));
    }
  }
}
