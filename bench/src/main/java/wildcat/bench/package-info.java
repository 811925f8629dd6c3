/// How fast and how small: microbenchmarks, and whole processes beside Baileys on the same simulator.
@org.jspecify.annotations.NullMarked
package wildcat.bench;
