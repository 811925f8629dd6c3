package wildcat.store.mongodb;

import java.util.Optional;
import org.bson.Document;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// Who may write an account, and what opens its keys.
///
/// @param epoch of the last opening or deletion
/// @param dataKey sealed with the master key; empty when the account was deleted
/// @param erasing whether its messages and events are being erased too
record Owner(long epoch, Optional<Bytes> dataKey, int nextPreKey, boolean erasing) {
  static Owner of(Document document) throws StoreFailed.Unreadable {
    var fields = new Stored(document);
    return new Owner(
        fields.number("epoch"),
        document.get("dataKey") == null ? Optional.empty() : Optional.of(fields.bytes("dataKey")),
        (int) fields.number("nextPreKey"),
        fields.flag("erasing"));
  }

  Document document(AccountId account) {
    return new Document("_id", account.value())
        .append("epoch", epoch)
        .append("dataKey", dataKey.map(Stored::binary).orElse(null))
        .append("nextPreKey", nextPreKey)
        .append("erasing", erasing);
  }

  Owner withNextPreKey(int next) {
    return new Owner(epoch, dataKey, next, erasing);
  }

  Owner withDataKey(Bytes wrapped) {
    return new Owner(epoch, Optional.of(wrapped), nextPreKey, erasing);
  }
}
