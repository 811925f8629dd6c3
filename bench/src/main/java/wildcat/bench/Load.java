package wildcat.bench;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import wildcat.simulator.Simulator;
import wildcat.simulator.phone.VirtualPhone;
import wildcat.simulator.world.Delivery;

/// Messages between a subject's first account and a phone, and the CPU time they cost the subject.
final class Load {
  /// How many texts the phone writes before it waits until the subject has answered for them.
  static final int BURST = 50;

  /// For what follows the last message: receipts, collections, checkpoints.
  private static final Duration TAIL = Duration.ofMillis(300);

  private final Simulator simulator;
  private final VirtualPhone phone;
  private final AtomicInteger read = new AtomicInteger();

  Load(Simulator simulator, VirtualPhone phone) {
    this.simulator = simulator;
    this.phone = phone;
    phone.onText(_ -> read.incrementAndGet());
  }

  /// What a round cost.
  record Cost(int messages, double cpuSeconds, double wallSeconds) {
    double cpuMillisEach() {
      return cpuSeconds * 1_000 / messages;
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Cost measured(Subject subject, int messages, Work work) throws Exception {
    double before = Watch.cpuSeconds(subject.pid());
    long start = System.nanoTime();
    work.run();
    double wallSeconds = (System.nanoTime() - start) / 1e9;
    Waiting.pause(TAIL);
    return new Cost(messages, Watch.cpuSeconds(subject.pid()) - before, wallSeconds);
  }

  /// The account writes; done when the phone has decrypted all.
  Cost outgoing(Subject subject, int messages, int window) throws Exception {
    int before = read.get();
    return measured(
        subject,
        messages,
        () -> {
          subject.send(phone.pn(), messages, window);
          Waiting.until("the phone has all", () -> read.get() - before >= messages);
        });
  }

  /// The phone writes; done when the account has answered for all, which Wildcat does when they are stored.
  Cost incoming(Subject subject, int messages) throws Exception {
    return measured(
        subject,
        messages,
        () -> {
          for (int sent = 0; sent < messages; sent += BURST) {
            burst(subject, Math.min(BURST, messages - sent));
          }
        });
  }

  /// The same; done when the receiver of the webhook has them, too.
  Cost incoming(WildcatProcess server, int messages, WebhookCounter webhook) throws Exception {
    int before = webhook.received();
    return measured(
        server,
        messages,
        () -> {
          for (int sent = 0; sent < messages; sent += BURST) {
            int until = Math.min(sent + BURST, messages);
            burst(server, until - sent);
            Waiting.until("the webhook has all", () -> webhook.received() - before >= until);
          }
        });
  }

  private void burst(Subject subject, int count) throws Exception {
    var ids = new HashSet<String>();
    for (int i = 0; i < count; i++) {
      ids.add(phone.sendText(subject.first().pn().withoutDevice(), "message " + i));
    }
    Waiting.until("the account has all", () -> answered(subject).containsAll(ids));
  }

  private Set<String> answered(Subject subject) {
    var ids = new HashSet<String>();
    for (Delivery delivery : simulator.ledger(subject.first().pn())) {
      if (delivery.acknowledged() && delivery.tag().equals("message")) {
        ids.add(delivery.id());
      }
    }
    return ids;
  }
}
