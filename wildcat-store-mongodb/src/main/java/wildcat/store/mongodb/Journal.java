package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import wildcat.client.store.StoreFailed;

/// Commits batches and can do the last one again.
///
/// A batch is committed by **one** write: the head, replaced if it still has the number before. The head
/// carries all changes of the batch, so whatever happens afterwards they can be made: by the one who wrote
/// it, or by the next one who needs the store. Nobody writes a head before all changes of the one before
/// are made. A batch that is too large for one document has its changes in parts, written before the head
/// that names them; parts without a head mean nothing.
final class Journal {
  private static final int MAX_BYTES = 6 * 1024 * 1024;
  private static final DocumentCodec CODEC = new DocumentCodec();

  private final Database database;

  Journal(Database database) {
    this.database = database;
  }

  /// What the database says of the last batch.
  ///
  /// @param token of the batch; "" when there is none
  record Last(Head head, String token, List<Op> ops) {}

  /// Writes the head. The batch's changes are not made yet.
  ///
  /// @return false when the head has another number: nothing was changed
  /// @throws StoreFailed it was written, or not
  boolean commit(Batch batch) throws StoreFailed {
    Document head = batch.head().document().append("batch", batch.token());
    List<Document> changes = batch.ops().stream().map(Journal::change).toList();
    List<List<Document>> parts = parts(changes);
    if (parts.size() <= 1) {
      head.append("ops", changes);
      return database.swapHead(batch.number() - 1, head);
    }
    for (int i = 0; i < parts.size(); i++) {
      var part =
          new Document("_id", partId(batch.token(), i))
              .append("n", batch.number())
              .append("ops", parts.get(i));
      database.write(batch.number(), List.of(new Op.Put(Names.JOURNAL, part)));
    }
    boolean committed = database.swapHead(batch.number() - 1, head.append("parts", parts.size()));
    if (!committed) {
      dropParts(batch.token());
    }
    return committed;
  }

  /// Makes the changes of a committed batch.
  void apply(Batch batch) throws StoreFailed {
    database.write(batch.number(), batch.ops());
  }

  /// Reads the head and makes its changes, which may have been made already.
  Last redo() throws StoreFailed {
    Optional<Document> found = database.first(Names.META, eq("_id", Head.ID));
    if (found.isEmpty()) {
      return new Last(Head.NONE, "", List.of());
    }
    Document document = found.get();
    Head head = Head.of(document);
    String token = new Stored(document).text("batch");
    List<Op> ops = ops(document, token);
    database.write(head.batch(), ops);
    return new Last(head, token, ops);
  }

  /// Drops the parts of batches before the last one.
  void prune(Head head) throws StoreFailed {
    database.deleteMany(Names.JOURNAL, lt("n", head.batch()));
  }

  private void dropParts(String token) throws StoreFailed {
    database.deleteMany(Names.JOURNAL, regex("_id", "^" + Pattern.quote(token)));
  }

  private List<Op> ops(Document head, String token) throws StoreFailed {
    if (!head.containsKey("parts")) {
      return ops(head);
    }
    var all = new ArrayList<Op>();
    long parts = new Stored(head).number("parts");
    for (int i = 0; i < parts; i++) {
      Optional<Document> part = database.first(Names.JOURNAL, eq("_id", partId(token, i)));
      if (part.isEmpty()) {
        throw new StoreFailed.Unreadable(
            "part " + i + " of batch " + head.get("n") + " is missing from the journal");
      }
      all.addAll(ops(part.get()));
    }
    return all;
  }

  private static List<Op> ops(Document document) throws StoreFailed.Unreadable {
    var ops = new ArrayList<Op>();
    for (Document change : document.getList("ops", Document.class, List.of())) {
      String collection = new Stored(change).text("c");
      Document put = change.get("p", Document.class);
      Document insert = change.get("i", Document.class);
      Object removed = change.get("r");
      if (put != null) {
        ops.add(new Op.Put(collection, put));
      } else if (insert != null) {
        ops.add(new Op.Insert(collection, insert));
      } else if (removed != null) {
        ops.add(new Op.Remove(collection, removed));
      } else {
        throw new StoreFailed.Unreadable("a change in the journal is damaged");
      }
    }
    return ops;
  }

  private static String partId(String token, int part) {
    return token + "/" + part;
  }

  private static Document change(Op op) {
    var change = new Document("c", op.collection());
    return switch (op) {
      case Op.Put(var _, var document) -> change.append("p", document);
      case Op.Insert(var _, var document) -> change.append("i", document);
      case Op.Remove(var _, var id) -> change.append("r", id);
    };
  }

  private static List<List<Document>> parts(List<Document> changes) {
    var parts = new ArrayList<List<Document>>();
    var part = new ArrayList<Document>();
    long bytes = 0;
    for (Document change : changes) {
      int size = size(change);
      if (!part.isEmpty() && bytes + size > MAX_BYTES) {
        parts.add(List.copyOf(part));
        part.clear();
        bytes = 0;
      }
      part.add(change);
      bytes += size;
    }
    parts.add(List.copyOf(part));
    return parts;
  }

  private static int size(Document document) {
    try (var out = new BasicOutputBuffer();
        var writer = new BsonBinaryWriter(out)) {
      CODEC.encode(writer, document, EncoderContext.builder().build());
      return out.getSize();
    }
  }
}
