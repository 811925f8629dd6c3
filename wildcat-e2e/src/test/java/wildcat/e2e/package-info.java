/// The product against the simulator, over real sockets.
@org.jspecify.annotations.NullMarked
package wildcat.e2e;
