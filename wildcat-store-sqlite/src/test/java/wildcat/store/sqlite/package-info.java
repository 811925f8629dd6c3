/// The contract of stores on SQLite, and what only a store on a disk can get wrong.
@org.jspecify.annotations.NullMarked
package wildcat.store.sqlite;
