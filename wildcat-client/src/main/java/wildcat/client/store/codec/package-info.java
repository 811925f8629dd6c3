/// The stored form of what has several fields: protobuf fields behind a version byte, grown at the end
/// only, so that every store and every version reads the same.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.codec;
