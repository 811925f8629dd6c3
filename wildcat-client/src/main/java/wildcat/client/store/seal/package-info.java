/// Sealing of what a store keeps secret, the same for every store that writes to a disk.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.seal;
