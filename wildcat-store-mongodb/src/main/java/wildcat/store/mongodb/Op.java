package wildcat.store.mongodb;

import org.bson.Document;

/// One document that is written or removed as a whole, so that doing it twice is the same as doing it once.
sealed interface Op {
  String collection();

  Object id();

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

  record Remove(String collection, Object id) implements Op {
    @Override
    public String toString() {
      return "remove from " + collection;
    }
  }
}
