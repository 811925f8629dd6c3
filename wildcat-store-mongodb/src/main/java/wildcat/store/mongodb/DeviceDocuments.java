package wildcat.store.mongodb;

import org.bson.Document;
import wildcat.client.store.DeviceList;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.codec.DeviceListCodec;
import wildcat.protocol.jid.Jid;

/// The documents of device lists.
final class DeviceDocuments {
  private DeviceDocuments() {}

  static Document document(DeviceList list) {
    return new Document("_id", AuthIds.devices(list.user()))
        .append("list", Stored.binary(DeviceListCodec.encode(list)));
  }

  static DeviceList list(Jid user, Document document) throws StoreFailed.Unreadable {
    return DeviceListCodec.decode(user, new Stored(document).bytes("list"));
  }
}
