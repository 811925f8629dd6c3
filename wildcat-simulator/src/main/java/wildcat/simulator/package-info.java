/// A WhatsApp server with virtual phones, to test against.
@org.jspecify.annotations.NullMarked
package wildcat.simulator;
