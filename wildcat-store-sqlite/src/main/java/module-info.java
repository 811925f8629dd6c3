/// The embedded store: one SQLite file, written by one thread.
@org.jspecify.annotations.NullMarked
module wildcat.store.sqlite {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive wildcat.client;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports wildcat.store.sqlite;
}
