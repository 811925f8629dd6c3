/// Stand-ins for the outside: a scripted WhatsApp server in memory, with the real handshake, for tests of
/// connections; canned answers and other people's devices for tests of features.
@org.jspecify.annotations.NullMarked
package wildcat.client.fake;
