/// Tests of the simulator from outside, over real sockets and real handshakes.
@org.jspecify.annotations.NullMarked
package wildcat.simulator;
