package wildcat.store.mongodb;

import java.util.Optional;
import org.bson.Document;

/// One document that is written or removed as a whole, so that doing it twice is the same as doing it once.
sealed interface Op {
  String collection();

  Object id();

  /// The document as it is afterwards.
  default Optional<Document> after() {
    return switch (this) {
      case Put(var _, var document) -> Optional.of(document);
      case Insert(var _, var document) -> Optional.of(document);
      case Remove _ -> Optional.empty();
    };
  }

  /// Replaces the document, or inserts it.
  ///
  /// @param document with its `_id`; not changed any more
  record Put(String collection, Document document) implements Op {
    @Override
    public Object id() {
      return Stored.id(document);
    }

    /// Without the content, which may be a message.
    @Override
    public String toString() {
      return "put into " + collection;
    }
  }

  /// Inserts a document of a name that was never used; nothing when it is there.
  ///
  /// @param document with its `_id`; not changed any more
  record Insert(String collection, Document document) implements Op {
    @Override
    public Object id() {
      return Stored.id(document);
    }

    @Override
    public String toString() {
      return "insert into " + collection;
    }
  }

  record Remove(String collection, Object id) implements Op {
    @Override
    public String toString() {
      return "remove from " + collection;
    }
  }
}
