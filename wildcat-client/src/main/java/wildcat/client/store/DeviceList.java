package wildcat.client.store;

import java.time.Instant;
import java.util.List;
import wildcat.protocol.jid.Jid;

/// The devices of a user as the server told them.
///
/// @param user without device, in the form asked for
/// @param devices device numbers, 0 included
/// @param fetchedAt when it was asked; the cache's age
public record DeviceList(Jid user, List<Device> devices, Instant fetchedAt) {
  public DeviceList {
    devices = List.copyOf(devices);
  }

  /// The same devices under the user's other form.
  public DeviceList of(Jid other) {
    return new DeviceList(other, devices, fetchedAt);
  }

  /// @param keyIndex 0 for the phone and where unknown
  public record Device(int number, int keyIndex, boolean hosted) {}
}
