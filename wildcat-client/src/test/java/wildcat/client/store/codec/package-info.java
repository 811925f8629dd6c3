/// Stored forms, byte by byte.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.codec;
