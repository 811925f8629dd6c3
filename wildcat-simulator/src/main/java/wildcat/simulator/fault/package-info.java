/// Faults on demand: rules that fire an exact number of times.
@org.jspecify.annotations.NullMarked
package wildcat.simulator.fault;
