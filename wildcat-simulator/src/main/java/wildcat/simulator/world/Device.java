package wildcat.simulator.world;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.jid.Jid;

/// A device of an account: the phone (0) or a companion. Guarded by the world's lock, except for its
/// addresses.
public final class Device {
  private final Account account;
  private final Jid pn;
  private final Jid lid;
  private final Line line = new Line();
  private final DeviceQueue queue;
  private final PreKeyStock preKeys;
  private final SentMessages sentMessages;
  private final UsedMessageKeys usedMessageKeys;
  private @Nullable Companion companion;
  private boolean welcomed;
  private boolean removed;
  private boolean replayAtLogin;

  Device(Account account, int number, @Nullable Companion companion, World world) {
    this.account = account;
    this.companion = companion;
    pn = account.pn().withDevice(number);
    lid = account.lid().withDevice(number);
    queue = world.newQueue();
    preKeys = new PreKeyStock(world.limits().preKeys());
    sentMessages = new SentMessages(world.limits().messageIds());
    usedMessageKeys = new UsedMessageKeys(world.limits().messageIds());
  }

  public Account account() {
    return account;
  }

  public int number() {
    return pn.device();
  }

  public boolean isPhone() {
    return number() == 0;
  }

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

  public Line line() {
    return line;
  }

  public DeviceQueue queue() {
    return queue;
  }

  public PreKeyStock preKeys() {
    return preKeys;
  }

  public SentMessages sentMessages() {
    return sentMessages;
  }

  public UsedMessageKeys usedMessageKeys() {
    return usedMessageKeys;
  }

  /// Absent for the phone.
  public Optional<Companion> companion() {
    return Optional.ofNullable(companion);
  }

  public void companion(Companion renewed) {
    companion = renewed;
  }

  /// True once: at the first time it is active.
  public boolean isFirstWelcome() {
    boolean first = !welcomed;
    welcomed = true;
    return first;
  }

  public boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
    queue.clear();
    preKeys.clear();
  }

  /// At the next login everything that waits is to be written twice.
  void replayAtLogin() {
    replayAtLogin = true;
  }

  /// True once after [World#redeliver] of a device that was not there.
  public boolean takeReplay() {
    boolean replay = replayAtLogin;
    replayAtLogin = false;
    return replay;
  }
}
