/// What the server knows: accounts, devices, pre-keys, queues, ledgers. Plain state under one lock.
@org.jspecify.annotations.NullMarked
package wildcat.simulator.world;
