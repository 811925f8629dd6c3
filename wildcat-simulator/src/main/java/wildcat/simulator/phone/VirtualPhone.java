package wildcat.simulator.phone;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.media.MediaDamaged;
import wildcat.protocol.pairing.LinkCode;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Waiting;
import wildcat.simulator.world.World;

/// The phone of an account: scans codes, signs devices, reads and writes messages. All methods may be
/// called by any thread; what they start runs in the phone's own order.
public final class VirtualPhone {
  private final World world;
  private final Uplink uplink;
  private final Account account;
  private final PhoneKeys keys;
  private final Handset handset;

  VirtualPhone(Handset.Shared shared, Account account, PhoneKeys keys, Handset handset) {
    world = shared.world();
    uplink = shared.uplink();
    this.account = account;
    this.keys = keys;
    this.handset = handset;
  }

  public String pushName() {
    try (var _ = world.locked()) {
      return account.pushName();
    }
  }

  public Jid pn() {
    return account.pn();
  }

  public Jid lid() {
    return account.lid();
  }

  /// Links the client that shows this code. When it returns, the client has been told; it is linked
  /// once it has signed back and logs in under the returned address.
  ///
  /// @throws ScanRefused the code leads nowhere; nothing has changed
  public LinkedDevice scan(String qrText) throws ScanRefused {
    LinkCode code = Phones.read(qrText);
    Waiting waiting;
    Account.Reservation reservation;
    try (var _ = world.locked()) {
      waiting = Phones.find(world, code);
      if (!waiting.claim()) {
        throw new ScanRefused(ScanRefused.Reason.USED, "the code was scanned already");
      }
      reservation = account.reserve();
    }
    Bytes container = keys.sign(reservation.keyIndex(), code.identityKey(), code.advSecret());
    uplink.offer(waiting, new Waiting.Offer(account, reservation, container));
    return linked(reservation.device());
  }

  private LinkedDevice linked(int number) {
    return new LinkedDevice(pn().withDevice(number), lid().withDevice(number));
  }

  /// The companions linked now.
  public List<LinkedDevice> devices() {
    try (var _ = world.locked()) {
      return account.companions().stream().map(d -> linked(d.number())).toList();
    }
  }

  /// Sends a text to a user (pn or lid) and to the own companions; returns the message's id at once.
  ///
  /// @throws IllegalArgumentException nobody has that address
  public String sendText(Jid to, String text) {
    return handset.sendText(to, text);
  }

  /// Uploads a file and sends it to a user (pn or lid) and to the own companions; returns the message's id.
  ///
  /// @throws IllegalArgumentException nobody has that address
  public String sendFile(Jid to, PhoneFile file) {
    return handset.sendFile(to, file);
  }

  /// What a message held that it has sent or received; empty when it is not known.
  public Optional<Message> content(String id) {
    return handset.archive().find(id).map(Archive.Stored::message);
  }

  /// Fetches and opens the file of a message; empty when there is no message or no file.
  ///
  /// @throws MediaDamaged the file is not what the message says
  public Optional<Bytes> file(String id) throws MediaDamaged {
    Optional<Message> content = content(id);
    return content.isEmpty() ? Optional.empty() : handset.attachments().content(content.get());
  }

  /// Waits until the phone has done what it was given so far: texts to send, stanzas to read.
  public void settle() throws InterruptedException {
    handset.settle();
  }

  /// What it has decrypted, oldest first; only the newest are kept.
  public List<PhoneMessage> received() {
    return handset.archive().receivedMessages();
  }

  /// Calls `listener` for every text it decrypts from now on (own companions' copies included), in
  /// order, on the phone's thread. The listener may send.
  public void onText(Consumer<PhoneMessage> listener) {
    handset.onText(listener);
  }

  /// Removes a companion; it is logged out at once or at its next login.
  ///
  /// @return false when it was not linked
  public boolean unlink(LinkedDevice device) {
    return device.pn().isSameUser(pn()) && uplink.unlink(account, device.number());
  }

  /// What the person with it does besides writing.
  public Habits habits() {
    return handset.habits();
  }

  /// Takes the phone off the network: what comes for it waits.
  public void goOffline() {
    handset.goOffline();
  }

  public void goOnline() {
    handset.goOnline();
  }
}
