/// What a store keeps decoded in memory, the same for every store that has to fetch and open it first.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.cache;
