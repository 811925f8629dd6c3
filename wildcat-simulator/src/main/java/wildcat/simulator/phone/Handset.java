package wildcat.simulator.phone;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.proto.Message;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.MessageIds;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Link;
import wildcat.simulator.world.World;

/// A phone at work: what the server sends it and what it wants to say goes through the mailbox, one
/// after the other. Any thread may call.
final class Handset implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(Handset.class);

  private final World world;
  private final Uplink uplink;
  private final Account account;
  private final RandomGenerator random;
  private final Mailbox mailbox;
  private final Archive archive;
  private final Sender sender;
  private final Receiver receiver;
  private final Attachments attachments;
  private final Habits habits;
  private final List<Consumer<PhoneMessage>> listeners = new CopyOnWriteArrayList<>();

  /// What all phones share.
  record Shared(World world, Uplink uplink, Depot depot, Ratchet ratchet, Executor executor) {}

  Handset(Shared shared, Account account, PhoneKeys keys, RandomGenerator random) {
    this.world = shared.world();
    this.uplink = shared.uplink();
    this.account = account;
    this.random = random;
    mailbox = new Mailbox(shared.executor());
    attachments = new Attachments(world, shared.depot(), random);
    habits = new Habits(world, uplink, account);
    archive = new Archive(world.limits().phoneMessages());
    var ciphers = new Ciphers(shared.ratchet(), keys, random);
    sender = new Sender(world, uplink, account, ciphers, archive);
    receiver =
        new Receiver(
            new Receiver.Parts(
                world,
                uplink,
                account,
                ciphers,
                keys,
                new MediaRetries(archive, attachments, random)),
            archive,
            new PeerChat(world, account, sender, archive, keys),
            sender,
            this::tell);
  }

  private void tell(PhoneMessage message) {
    for (Consumer<PhoneMessage> listener : listeners) {
      listener.accept(message);
    }
  }

  void onText(Consumer<PhoneMessage> listener) {
    listeners.add(listener);
  }

  Habits habits() {
    return habits;
  }

  Archive archive() {
    return archive;
  }

  void goOnline() {
    try (var _ = world.locked()) {
      account.phone().line().connect(this);
    }
    uplink.activate(account.phone());
  }

  void goOffline() {
    try (var _ = world.locked()) {
      account.phone().line().disconnect(this);
    }
  }

  String sendText(Jid to, String text) {
    return send(to, Message.newBuilder().setConversation(text).build());
  }

  String sendFile(Jid to, PhoneFile file) {
    return send(to, attachments.message(file));
  }

  Attachments attachments() {
    return attachments;
  }

  private String send(Jid to, Message message) {
    try (var _ = world.locked()) {
      if (world.directory().account(to).isEmpty()) {
        throw new IllegalArgumentException("nobody has that address");
      }
    }
    Instant now = world.now();
    String id = MessageIds.next(account.pn(), now, random);
    mailbox.add(() -> sender.send(id, to.withoutDevice(), message, now));
    return id;
  }

  void settle() throws InterruptedException {
    var done = new CountDownLatch(1);
    mailbox.add(done::countDown);
    done.await();
  }

  @Override
  public void send(Node stanza) {
    switch (stanza.tag()) {
      case "presence", "chatstate" -> habits.see(stanza);
      default -> {
        if (stanza.is("receipt") && !stanza.text("type").equals("retry")) {
          habits.see(stanza);
        }
        mailbox.add(() -> receiver.receive(stanza));
      }
    }
  }

  @Override
  public void end(Node last) {
    LOG.atWarn().log("the server ended a phone's link");
  }

  @Override
  public void cut() {
    // a phone has no connection that could break
  }
}
