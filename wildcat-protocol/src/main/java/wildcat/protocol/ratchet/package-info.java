/// The Signal protocol, version 3: key agreement and double ratchet, as pure functions.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.ratchet;
