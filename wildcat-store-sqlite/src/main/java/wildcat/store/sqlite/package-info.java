/// The store in one SQLite file: durable when a commit returns, secrets sealed, one thread that writes.
@org.jspecify.annotations.NullMarked
package wildcat.store.sqlite;
