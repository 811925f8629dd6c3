/// What an account must not forget: keys, messages and events, committed together.
@org.jspecify.annotations.NullMarked
package wildcat.client.store;
