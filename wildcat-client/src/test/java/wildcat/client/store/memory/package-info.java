/// The contract on the in-memory store, and what only that one does.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.memory;
