/// Symmetric primitives on top of the JDK's, in the shapes WhatsApp's protocols use.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.crypto;
