/// A WebSocket: bytes out, bytes in, closed.
@org.jspecify.annotations.NullMarked
package wildcat.client.transport;
