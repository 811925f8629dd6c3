/// What every store must do: one suite for all implementations, used by their modules as a test-jar.
@org.jspecify.annotations.NullMarked
package wildcat.client.store.contract;
