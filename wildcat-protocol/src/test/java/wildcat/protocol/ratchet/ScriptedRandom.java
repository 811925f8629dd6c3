package wildcat.protocol.ratchet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// Yields the byte strings it was given, one per call of `nextBytes`, and fails after the last.
final class ScriptedRandom implements RandomGenerator {
  private final Deque<byte[]> script = new ArrayDeque<>();

  ScriptedRandom(String... hex) {
    List.of(hex).forEach(bytes -> script.add(HexFormat.of().parseHex(bytes)));
  }

  @Override
  public void nextBytes(byte[] target) {
    byte[] next = script.remove();
    if (next.length != target.length) {
      throw new AssertionError("asked for " + target.length + " B, next are " + next.length);
    }
    System.arraycopy(next, 0, target, 0, target.length);
  }

  @Override
  public long nextLong() {
    throw new AssertionError("only bytes are scripted");
  }
}
