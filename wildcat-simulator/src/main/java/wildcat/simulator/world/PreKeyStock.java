package wildcat.simulator.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKeyBundle;

/// The one-time pre-keys a device has uploaded, in upload order; each is handed out once. Guarded by the
/// world's lock.
public final class PreKeyStock {
  private final Map<Integer, PublicKey> keys = new LinkedHashMap<>();
  private final int limit;

  /// The count a device was last told of, so that it is not told the same twice; -1 for none.
  private int announced = -1;

  PreKeyStock(int limit) {
    this.limit = limit;
  }

  public int size() {
    return keys.size();
  }

  /// A known id is replaced.
  ///
  /// @return false when there is no room: nothing has changed
  public boolean add(List<PreKeyBundle.OneTime> uploaded) {
    if (keys.size() + uploaded.size() > limit) {
      return false;
    }
    uploaded.forEach(key -> keys.put(key.id(), key.key()));
    announced = -1;
    return true;
  }

  public Optional<PreKeyBundle.OneTime> take() {
    var all = keys.entrySet().iterator();
    if (!all.hasNext()) {
      return Optional.empty();
    }
    var first = all.next();
    var taken = new PreKeyBundle.OneTime(first.getKey(), first.getValue());
    all.remove();
    return Optional.of(taken);
  }

  /// All that are left, in the order they will be handed out.
  public List<PreKeyBundle.OneTime> remaining() {
    return keys.entrySet().stream()
        .map(e -> new PreKeyBundle.OneTime(e.getKey(), e.getValue()))
        .toList();
  }

  public int clear() {
    int gone = keys.size();
    keys.clear();
    return gone;
  }

  /// Whether the device should hear of its stock: it is below `threshold` and has another size than
  /// the last one it heard of.
  public boolean announce(int threshold) {
    if (keys.size() >= threshold || keys.size() == announced) {
      return false;
    }
    announced = keys.size();
    return true;
  }
}
