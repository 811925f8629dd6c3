package wildcat.simulator.phone;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.World;

/// What the person with the phone does besides writing: reads, plays, types, comes and goes. And what it sees of
/// others doing so. Any thread may call.
public final class Habits {
  private static final int MAX_SEEN = 1_000;

  private final World world;
  private final Uplink uplink;
  private final Account account;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Seen> seen = new ArrayDeque<>();

  Habits(World world, Uplink uplink, Account account) {
    this.world = world;
    this.uplink = uplink;
    this.account = account;
  }

  /// What somebody else did.
  ///
  /// @param what `receipt`, `presence` or `chatstate`
  /// @param from with device
  /// @param detail the type of a receipt or presence; what is done in a chat
  /// @param ids of messages, of a receipt
  public record Seen(String what, Jid from, String detail, List<String> ids) {
    public Seen {
      ids = List.copyOf(ids);
    }
  }

  /// Oldest first; only the newest are kept.
  public List<Seen> seen() {
    lock.lock();
    try {
      return List.copyOf(seen);
    } finally {
      lock.unlock();
    }
  }

  void see(Node stanza) {
    Optional<Jid> from = stanza.jid("participant").or(() -> stanza.jid("from"));
    if (from.isEmpty()) {
      return;
    }
    var ids = new ArrayList<String>();
    String detail = stanza.text("type");
    if (stanza.is("receipt")) {
      ids.add(stanza.text("id"));
      stanza
          .child("list")
          .ifPresent(list -> list.children("item").forEach(item -> ids.add(item.text("id"))));
    }
    if (stanza.is("chatstate")) {
      detail =
          stanza
              .firstChild()
              .map(child -> child.text("media").equals("audio") ? "recording" : child.tag())
              .orElse("");
    }
    lock.lock();
    try {
      seen.add(new Seen(stanza.tag(), from.get(), detail, ids));
      if (seen.size() > MAX_SEEN) {
        seen.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Opens the app, or closes it.
  public void show(boolean online) {
    send(
        Node.of("presence")
            .with("type", online ? "available" : "unavailable")
            .with("name", account.pushName()));
  }

  /// Wants to see whether somebody is online.
  public void watch(Jid person) {
    send(Node.of("presence").with("type", "subscribe").with("to", person));
  }

  /// @param state `composing`, `recording` or `paused`
  public void type(Jid chat, String state) {
    Node doing =
        state.equals("recording") ? Node.of("composing").with("media", "audio") : Node.of(state);
    send(Node.of("chatstate", doing).with("to", chat).with("from", account.in(chat)));
  }

  /// Reads or plays messages of a chat.
  ///
  /// @param type `read` or `played`
  public void confirm(Jid chat, List<String> ids, String type) {
    if (ids.isEmpty()) {
      return;
    }
    Node receipt =
        Node.of("receipt")
            .with("to", chat)
            .with("id", ids.getFirst())
            .with("type", type)
            .with("t", world.seconds());
    List<Node> more = ids.stream().skip(1).map(id -> Node.of("item").with("id", id)).toList();
    send(more.isEmpty() ? receipt : receipt.containing(Node.of("list").containing(more)));
  }

  /// Sets the about text.
  public void about(String text) {
    request("status", Node.of("status", Bytes.ofUtf8(text)));
  }

  /// Sets the picture.
  public void picture(Bytes jpeg) {
    request("w:profile:picture", Node.of("picture", jpeg).with("type", "image"));
  }

  /// Blocks or unblocks somebody.
  public void block(Account other, boolean block) {
    request(
        "blocklist",
        Node.of("item")
            .with("action", block ? "block" : "unblock")
            .with("jid", other.lid())
            .with("pn_jid", other.pn()));
  }

  private void request(String namespace, Node content) {
    var _ =
        uplink.request(
            account.phone(),
            Node.of("iq", content)
                .with("id", world.nextStanzaId())
                .with("to", Jid.WHATSAPP)
                .with("type", "set")
                .with("xmlns", namespace));
  }

  private void send(Node stanza) {
    uplink.stanza(account.phone(), stanza);
  }
}
