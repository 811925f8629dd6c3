@org.jspecify.annotations.NullMarked
package wildcat.simulator.fault;
