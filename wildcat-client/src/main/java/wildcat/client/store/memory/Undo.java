package wildcat.client.store.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/// How to take back what a unit of work has changed so far. Used under the store's lock.
final class Undo {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  <K, V> void put(Map<K, V> map, K key, V value) {
    boolean existed = map.containsKey(key);
    V before = map.put(key, value);
    steps.push(() -> {
      if (existed) {
        map.put(key, before);
      } else {
        map.remove(key);
      }
    });
  }

  <K, V> void remove(Map<K, V> map, K key) {
    if (map.containsKey(key)) {
      V before = map.remove(key);
      steps.push(() -> map.put(key, before));
    }
  }

  <K, V> void clear(Map<K, V> map) {
    var before = Map.copyOf(map);
    map.clear();
    steps.push(() -> map.putAll(before));
  }

  void step(Runnable back) {
    steps.push(back);
  }

  void run() {
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }
}
