/// A scripted WhatsApp server in memory, with the real handshake, for the client's tests.
@org.jspecify.annotations.NullMarked
package wildcat.client.fake;
