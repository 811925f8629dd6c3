/// The contract on MongoDB, and what becomes of a unit that is cut short.
@org.jspecify.annotations.NullMarked
package wildcat.store.mongodb;
