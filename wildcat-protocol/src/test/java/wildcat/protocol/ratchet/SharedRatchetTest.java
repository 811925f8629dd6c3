package wildcat.protocol.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;

/// One [Ratchet] for many accounts, each on its own thread.
class SharedRatchetTest {
  private static final int THREADS = 40; // more than the pool has engines
  private static final int MESSAGES = 300;

  private final Ratchet shared = new Ratchet(Curve.standard(), new SecureRandom());

  @Test
  void accountsOnManyThreadsDoNotDisturbEachOther() throws Exception {
    List<Callable<Integer>> conversations = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int seed = 100 + 2 * i;
      conversations.add(() -> converse(seed));
    }
    try (var executor = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> read : executor.invokeAll(conversations)) {
        assertThat(read.get()).isEqualTo(MESSAGES);
      }
    }
  }

  private int converse(int seed) throws Exception {
    Party[] pair = Party.acquainted(seed);
    RatchetRecord sender = pair[0].record.orElseThrow();
    RatchetRecord receiver = pair[1].record.orElseThrow();
    int read = 0;
    for (int i = 0; i < MESSAGES; i++) {
      Bytes text = Bytes.ofUtf8("message " + i + " of " + seed);
      Ratchet.Sealed sealed = shared.encrypt(sender, pair[0].local, text.toArray());
      sender = sealed.next();
      Ratchet.Opened opened = shared.decrypt(receiver, pair[1].local, sealed.message().toArray());
      receiver = opened.next();
      read += opened.plaintext().equals(text) ? 1 : 0;
      if (i % 100 == 0) {
        sender = shared.initiate(Optional.of(sender), pair[0].local, pair[1].bundle());
        Ratchet.Sealed first = shared.encrypt(sender, pair[0].local, text.toArray());
        sender = first.next();
        receiver =
            shared
                .decryptPreKey(
                    Optional.of(receiver), pair[1].local, pair[1], first.message().toArray())
                .next();
        Ratchet.Sealed answer = shared.encrypt(receiver, pair[1].local, text.toArray());
        receiver = answer.next();
        sender = shared.decrypt(sender, pair[0].local, answer.message().toArray()).next();
      }
    }
    return read;
  }
}
