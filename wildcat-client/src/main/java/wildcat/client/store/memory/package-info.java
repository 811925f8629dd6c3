/// The store that forgets everything when the process ends: for tests and for throw-away bots.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.memory;
