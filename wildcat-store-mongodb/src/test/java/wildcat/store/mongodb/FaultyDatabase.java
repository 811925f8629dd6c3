package wildcat.store.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.store.StoreFailed;

/// A database whose connection breaks at one single write, chosen by number. Writes of several documents are
/// made one by one, so that it can break between any two.
final class FaultyDatabase implements Database {
  /// What happens at that write.
  enum Fault {
    /// It never arrives, and nothing after it: the process is gone.
    DIES_BEFORE(false, true),
    /// It is done, but nobody hears of it: the process is gone.
    DIES_AFTER(true, true),
    /// It never arrives; the next call gets through.
    FAILS_BEFORE(false, false),
    /// It is done, but the answer is lost; the next call gets through.
    FAILS_AFTER(true, false),
    /// It arrives when everything is over ([#deliverLate]).
    COMES_LATE(false, false);

    final boolean done;
    final boolean last;

    Fault(boolean done, boolean last) {
      this.done = done;
      this.last = last;
    }
  }

  private interface Write {
    void run() throws StoreFailed;
  }

  private final Database target;
  private final List<Write> late = new ArrayList<>();
  private Fault fault = Fault.FAILS_BEFORE;
  private int writesLeft = Integer.MAX_VALUE;
  private boolean broken;

  FaultyDatabase(Database target) {
    this.target = target;
  }

  /// Lets `writes` through and breaks at the one after them.
  synchronized void breakAfter(int writes, Fault with) {
    writesLeft = writes;
    fault = with;
  }

  /// Breaks no more.
  synchronized void spare() {
    writesLeft = Integer.MAX_VALUE;
  }

  /// Whether it has broken.
  synchronized boolean hasBroken() {
    return broken;
  }

  synchronized void deliverLate() throws StoreFailed {
    for (Write write : late) {
      write.run();
    }
    late.clear();
  }

  private void alive() throws StoreFailed {
    if (broken && fault.last) {
      throw new StoreFailed.Unavailable("the connection is broken");
    }
  }

  private synchronized void write(Write write) throws StoreFailed {
    alive();
    if (writesLeft > 0) {
      writesLeft--;
      write.run();
      return;
    }
    broken = true;
    writesLeft = Integer.MAX_VALUE;
    if (fault.done) {
      write.run();
    } else if (fault == Fault.COMES_LATE) {
      late.add(write);
    }
    throw new StoreFailed.Unavailable("the connection broke");
  }

  @Override
  public synchronized Optional<Document> first(String collection, Bson filter) throws StoreFailed {
    alive();
    return target.first(collection, filter);
  }

  @Override
  public synchronized List<Document> find(Query query) throws StoreFailed {
    alive();
    return target.find(query);
  }

  @Override
  public synchronized long count(String collection, Bson filter) throws StoreFailed {
    alive();
    return target.count(collection, filter);
  }

  @Override
  public synchronized Optional<List<Document>> aggregate(String collection, List<Bson> stages)
      throws StoreFailed {
    alive();
    return target.aggregate(collection, stages);
  }

  @Override
  public boolean swapHead(long expected, Document next) throws StoreFailed {
    var swapped = new boolean[1];
    write(() -> swapped[0] = target.swapHead(expected, next));
    return swapped[0];
  }

  @Override
  public void write(long version, List<Op> ops) throws StoreFailed {
    for (Op op : ops) {
      write(() -> target.write(version, List.of(op)));
    }
  }

  @Override
  public void deleteMany(String collection, Bson filter) throws StoreFailed {
    write(() -> target.deleteMany(collection, filter));
  }

  @Override
  public void drop(String collection) throws StoreFailed {
    write(() -> target.drop(collection));
  }

  @Override
  public void index(String collection, Bson keys) throws StoreFailed {
    target.index(collection, keys);
  }

  @Override
  public void close() {
    target.close();
  }
}
