/// Sealing against the published vectors, and what must not open.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.seal;
