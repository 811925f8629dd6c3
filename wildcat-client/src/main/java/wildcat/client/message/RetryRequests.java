package wildcat.client.message;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.MessageId;
import wildcat.client.prekey.PreKeyPool;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.CannotDecrypt.Reason;

/// Asks senders for another copy of what could not be decrypted, a bounded number of times per message.
/// Source: whatsmeow retry.go (sendRetryReceipt), Baileys messages-recv.ts (sendRetryRequest).
final class RetryRequests {
  /// The attempt at which nothing is asked for any more.
  static final int LIMIT = 5;

  private static final int REMEMBERED = 512;

  private final OwnDevice own;
  private final PreKeyPool preKeys;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Key, Attempts> attempts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Attempts> eldest) {
          return size() > REMEMBERED;
        }
      };

  RetryRequests(OwnDevice own, PreKeyPool preKeys) {
    this.own = own;
    this.preKeys = preKeys;
  }

  private record Key(Jid sender, MessageId id) {}

  /// @param count attempts that failed
  /// @param last hash of the ciphertext of the last one
  private record Attempts(int count, Bytes last) {}

  /// An attempt that has failed.
  ///
  /// @param count 1 for the first
  /// @param repeated the very ciphertext that failed before: our request or ack got lost
  record Failure(Jid sender, MessageId id, Bytes sha256, int count, boolean repeated) {
    boolean asks() {
      return count < LIMIT;
    }
  }

  /// Which attempt this failure is; to be remembered when its event is committed. After a restart the
  /// count goes on from what the ciphertext says of itself.
  ///
  /// @param announced the `count` of its `enc`, 0 when it is a first copy
  Failure failure(MessageSource source, Bytes sha256, long announced) {
    Attempts before;
    lock.lock();
    try {
      before = attempts.get(new Key(source.sender(), source.id()));
    } finally {
      lock.unlock();
    }
    if (before != null && before.last().equals(sha256)) {
      return new Failure(source.sender(), source.id(), sha256, before.count(), true);
    }
    int known = before == null ? 0 : before.count();
    int count = Math.min(LIMIT, 1 + Math.max(known, Math.clamp(announced, 0, LIMIT)));
    return new Failure(source.sender(), source.id(), sha256, count, false);
  }

  void remember(Failure failure) {
    lock.lock();
    try {
      attempts.put(
          new Key(failure.sender(), failure.id()), new Attempts(failure.count(), failure.sha256()));
    } finally {
      lock.unlock();
    }
  }

  /// The retry receipt. With keys, so that the sender can start over, from the second attempt on and
  /// whenever there is nothing here to go on with. For use inside a step.
  Node receipt(Node message, Failure failure, Reason reason, UnitOfWork work) throws StoreFailed {
    Node retry =
        Node.of("retry")
            .with("count", failure.count())
            .with("id", message.text("id"))
            .with("t", message.text("t"))
            .with("v", "1")
            .with("error", reason.code());
    Node registration = PreKeyPool.registration(own.credentials());
    Node receipt = Receipts.of(message, "retry");
    if (message.text("category").equals("peer")) {
      receipt = receipt.with("category", "peer");
    }
    if (failure.count() == 1 && !startsOver(reason)) {
      return receipt.containing(retry, registration);
    }
    Node keys =
        PreKeyPool.bundle(own.credentials(), preKeys.handOut(work), own.link().deviceIdentity());
    return receipt.containing(retry, registration, keys);
  }

  private static boolean startsOver(Reason reason) {
    return reason == Reason.NO_RATCHET || reason == Reason.UNKNOWN_PRE_KEY;
  }
}
