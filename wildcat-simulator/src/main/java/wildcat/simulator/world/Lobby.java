package wildcat.simulator.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The clients that wait to be linked, by the references in their codes. Guarded by the world's lock.
public final class Lobby {
  private final Map<String, Waiting> byRef = new HashMap<>();

  Lobby() {}

  public void enter(Waiting waiting) {
    waiting.refs().forEach(ref -> byRef.put(ref, waiting));
  }

  public Optional<Waiting> find(String ref) {
    return Optional.ofNullable(byRef.get(ref));
  }

  public void leave(Waiting waiting) {
    waiting.refs().forEach(byRef::remove);
  }
}
