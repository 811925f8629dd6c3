/// API keys: made, checked, and what they allow.
@org.jspecify.annotations.NullMarked
package wildcat.server.key;
