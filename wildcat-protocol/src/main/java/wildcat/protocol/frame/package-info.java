/// Frames with a 24-bit length, and the intro that opens a connection.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.frame;
