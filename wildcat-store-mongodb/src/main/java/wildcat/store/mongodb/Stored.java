package wildcat.store.mongodb;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// Reads the fields of a document. What is missing or of another type is damage, never a default.
final class Stored {
  private final Document document;

  Stored(Document document) {
    this.document = document;
  }

  private <T> T required(String field, Class<T> type) throws StoreFailed.Unreadable {
    Object value = document.get(field);
    if (!type.isInstance(value)) {
      throw new StoreFailed.Unreadable(
          "a stored document has no " + field + " that is a " + type.getSimpleName());
    }
    return type.cast(value);
  }

  String text(String field) throws StoreFailed.Unreadable {
    return required(field, String.class);
  }

  long number(String field) throws StoreFailed.Unreadable {
    return required(field, Number.class).longValue();
  }

  boolean flag(String field) throws StoreFailed.Unreadable {
    return required(field, Boolean.class);
  }

  Bytes bytes(String field) throws StoreFailed.Unreadable {
    return Bytes.copyOf(required(field, Binary.class).getData());
  }

  Instant time(String field) throws StoreFailed.Unreadable {
    return required(field, Date.class).toInstant();
  }

  Jid jid(String field) throws StoreFailed.Unreadable {
    Optional<Jid> jid = Jid.parse(text(field));
    if (jid.isEmpty()) {
      throw new StoreFailed.Unreadable("a stored document has no jid in " + field);
    }
    return jid.get();
  }

  AccountId account(String field) throws StoreFailed.Unreadable {
    Optional<AccountId> account = AccountId.parse(text(field));
    if (account.isEmpty()) {
      throw new StoreFailed.Unreadable("a stored document has no account in " + field);
    }
    return account.get();
  }

  /// The name of a document, which every one has.
  static Object id(Document document) {
    Object id = document.get("_id");
    if (id == null) {
      throw new IllegalStateException("a document without _id");
    }
    return id;
  }

  static Binary binary(Bytes bytes) {
    return new Binary(bytes.toArray());
  }
}
