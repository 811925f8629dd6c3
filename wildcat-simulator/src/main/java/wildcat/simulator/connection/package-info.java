/// Sockets: accepts clients, shakes hands, turns bytes into stanzas and back, and does harm to order.
@org.jspecify.annotations.NullMarked
package wildcat.simulator.connection;
