package wildcat.protocol.ratchet;

import java.util.concurrent.atomic.AtomicReferenceArray;

/// Engines between two uses, so that neither each message nor each account pays for its own.
///
/// Thread-safe without a lock. It keeps at most 16; who finds none makes one.
final class CryptoPool {
  private static final int CAPACITY = 16;

  private final AtomicReferenceArray<RatchetCrypto> idle = new AtomicReferenceArray<>(CAPACITY);

  RatchetCrypto borrow() {
    for (int i = 0; i < CAPACITY; i++) {
      if (idle.get(i) != null) {
        RatchetCrypto crypto = idle.getAndSet(i, null);
        if (crypto != null) {
          return crypto;
        }
      }
    }
    return new RatchetCrypto();
  }

  void giveBack(RatchetCrypto crypto) {
    for (int i = 0; i < CAPACITY; i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, crypto)) {
        return;
      }
    }
  }
}
