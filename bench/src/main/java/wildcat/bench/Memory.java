package wildcat.bench;

import java.util.HashMap;
import java.util.Map;

/// Heap after a collection and resident memory of a subject, with more and more accounts.
final class Memory {
  private final Figures figures;
  private final Map<String, Taken> before = new HashMap<>();

  private record Taken(int accounts, double heapMiB, double rssMiB) {}

  Memory(Figures figures) {
    this.figures = figures;
  }

  /// @param when what is different about this row, "" for nothing
  void take(Subject subject, int accounts, String when) throws Exception {
    double heap = subject.heapMiB(); // first: RSS is taken after the collection, too
    var now = new Taken(accounts, heap, Watch.rssMiB(subject.pid()));
    String at = " with " + accounts + " accounts" + when;
    figures.add("heap" + at + ", MiB", subject.name(), now.heapMiB());
    figures.add("RSS" + at + ", MiB", subject.name(), now.rssMiB());
    Taken last = before.put(when, now);
    if (last != null) {
      double added = (accounts - last.accounts()) / 1024.0;
      String each = " per account from " + last.accounts() + " to " + accounts + when + ", KiB";
      figures.add("heap" + each, subject.name(), (now.heapMiB() - last.heapMiB()) / added);
      figures.add("RSS" + each, subject.name(), (now.rssMiB() - last.rssMiB()) / added);
    }
  }
}
