/// The live connection of an account: handshake, requests, keepalive, reconnecting.
@org.jspecify.annotations.NullMarked
package wildcat.client.session;
