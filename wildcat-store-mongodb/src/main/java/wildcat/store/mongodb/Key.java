package wildcat.store.mongodb;

/// Which document.
record Key(String collection, Object id) {
  static Key of(Op op) {
    return new Key(op.collection(), op.id());
  }
}
