package wildcat.simulator.world;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// A number with its phone and companions. Guarded by the world's lock, except for its addresses.
public final class Account {
  /// So many removed devices are kept for their ledgers.
  private static final int MAX_REMOVED = 50;

  private final World world;
  private final Jid pn;
  private final Jid lid;
  private final Primary primary;
  private final Device phone;
  private final TreeMap<Integer, Device> devices = new TreeMap<>();
  private final Map<Integer, Device> removed = new LinkedHashMap<>();
  private final Set<Account> contacts = new LinkedHashSet<>();
  private final Map<String, Bytes> issuedTokens = new LinkedHashMap<>();
  private final Profile profile = new Profile();
  private String pushName;
  private int lastDevice;
  private int lastKeyIndex;

  Account(World world, Identity identity, Primary primary) {
    this.world = world;
    this.primary = primary;
    pn = identity.pn();
    lid = identity.lid();
    pushName = identity.pushName();
    phone = new Device(this, 0, null, world);
    devices.put(0, phone);
  }

  /// Who an account is.
  public record Identity(Jid pn, Jid lid, String pushName) {}

  public Jid pn() {
    return pn;
  }

  public Jid lid() {
    return lid;
  }

  /// The address in the same form as `other`: lid for lid, else pn.
  public Jid in(Jid other) {
    return other.isLid() ? lid : pn;
  }

  /// What others see as `notify`.
  public String pushName() {
    return pushName;
  }

  public void pushName(String name) {
    pushName = name;
  }

  public Profile profile() {
    return profile;
  }

  public Primary primary() {
    return primary;
  }

  public Device phone() {
    return phone;
  }

  /// The phone and all companions, by number.
  public List<Device> devices() {
    return List.copyOf(devices.values());
  }

  public List<Device> companions() {
    return devices.values().stream().filter(d -> !d.isPhone()).toList();
  }

  public Optional<Device> device(int number) {
    return Optional.ofNullable(devices.get(number));
  }

  /// Also one that was removed.
  Optional<Device> everDevice(int number) {
    return device(number).or(() -> Optional.ofNullable(removed.get(number)));
  }

  /// A number and an ADV key index for a companion to be; both were never used before.
  public record Reservation(int device, int keyIndex) {}

  public Reservation reserve() {
    lastDevice++;
    lastKeyIndex++;
    return new Reservation(lastDevice, lastKeyIndex);
  }

  Device link(int number, Companion companion) {
    var device = new Device(this, number, companion, world);
    devices.put(number, device);
    return device;
  }

  void unlink(Device device) {
    devices.remove(device.number());
    removed.put(device.number(), device);
    if (removed.size() > MAX_REMOVED) {
      removed.remove(removed.keySet().iterator().next());
    }
    device.remove();
  }

  /// ADVSignedKeyIndexList of now.
  public Bytes keyIndexList() {
    List<Integer> valid =
        devices.values().stream()
            .flatMap(d -> d.companion().stream())
            .map(Companion::keyIndex)
            .toList();
    return primary.signKeyIndexes(lastKeyIndex, valid);
  }

  /// Who has exchanged messages with this account.
  public List<Account> contacts() {
    return List.copyOf(contacts);
  }

  /// Makes both contacts of each other.
  public void meet(Account other) {
    if (other != this) {
      know(other);
      other.know(this);
    }
  }

  private void know(Account other) {
    if (contacts.add(other) && contacts.size() > world.limits().contacts()) {
      contacts.remove(contacts.iterator().next());
    }
  }

  /// The trusted-contact token this account gives to `contact` in a week, made by `fresh` at the first
  /// time.
  public Bytes token(Account contact, long bucket, Supplier<Bytes> fresh) {
    return issuedTokens.computeIfAbsent(contact.lid() + "/" + bucket, _ -> fresh.get());
  }
}
