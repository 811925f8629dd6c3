/// Immutable bytes, and bytes that are secret.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.bytes;
