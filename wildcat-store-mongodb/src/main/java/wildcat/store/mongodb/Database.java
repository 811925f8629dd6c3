package wildcat.store.mongodb;

import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.store.StoreFailed;

/// What the store asks of a server that speaks MongoDB's protocol: single documents and nothing that spans
/// two of them. A seam: tests stop it after every single write. Thread-safe; calls block.
///
/// A failed write may have been done or not.
interface Database extends AutoCloseable {
  /// The first document of `filter`.
  Optional<Document> first(String collection, Bson filter) throws StoreFailed;

  List<Document> find(Query query) throws StoreFailed;

  long count(String collection, Bson filter) throws StoreFailed;

  /// Runs stages of an aggregation; empty when the server does not know one of them.
  Optional<List<Document>> aggregate(String collection, List<Bson> stages) throws StoreFailed;

  /// Replaces the head if it still is number `expected`; makes the first one when `expected` is 0 and
  /// there is none.
  ///
  /// @return false when somebody else was faster
  boolean swapHead(long expected, Document next) throws StoreFailed;

  /// Does all of them, each unless its document was written by batch `version` or a later one already.
  void write(long version, List<Op> ops) throws StoreFailed;

  void deleteMany(String collection, Bson filter) throws StoreFailed;

  void drop(String collection) throws StoreFailed;

  void index(String collection, Bson keys) throws StoreFailed;

  @Override
  void close();

  /// A question for documents.
  ///
  /// @param limit 0 for all
  record Query(String collection, Bson filter, Bson sort, int limit, int skip) {}
}
