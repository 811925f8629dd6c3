/// Pre-keys: our own supply on the server, and the bundles of others.
@org.jspecify.annotations.NullMarked
package wildcat.client.prekey;
