/// The Noise XX handshake in both roles, server certificates, and the ciphers that follow.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.noise;
