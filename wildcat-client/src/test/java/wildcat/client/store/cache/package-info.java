/// The caches of stores.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.cache;
