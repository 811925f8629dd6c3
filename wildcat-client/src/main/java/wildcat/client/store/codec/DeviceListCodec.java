package wildcat.client.store.codec;

import java.time.Instant;
import java.util.ArrayList;
import wildcat.client.store.DeviceList;
import wildcat.client.store.DeviceList.Device;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// The stored form of a [DeviceList] without its user: devices (1, repeated: number 1, key index 2, hosted
/// 3) and when they were fetched, in milliseconds (2).
public final class DeviceListCodec {
  private static final int VERSION = 1;

  private DeviceListCodec() {}

  public static Bytes encode(DeviceList list) {
    var writer = new FieldWriter();
    for (Device device : list.devices()) {
      writer.group(
          1,
          inner ->
              inner
                  .number(1, device.number())
                  .number(2, device.keyIndex())
                  .flag(3, device.hosted()));
    }
    return writer.number(2, list.fetchedAt().toEpochMilli()).record(VERSION);
  }

  /// @throws StoreFailed.Unreadable damaged, or of a newer version
  public static DeviceList decode(Jid user, Bytes stored) throws StoreFailed.Unreadable {
    Fields fields = Fields.of("device list", VERSION, stored);
    var devices = new ArrayList<Device>();
    for (Bytes group : fields.all(1)) {
      Fields device = fields.inner(group);
      devices.add(new Device(device.integer(1), device.integer(2), device.flag(3)));
    }
    return new DeviceList(user, devices, Instant.ofEpochMilli(fields.number(2)));
  }
}
