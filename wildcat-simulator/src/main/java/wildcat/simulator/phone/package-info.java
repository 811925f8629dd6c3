/// Virtual phones: device 0 of every account, with its own Signal state.
@org.jspecify.annotations.NullMarked
package wildcat.simulator.phone;
