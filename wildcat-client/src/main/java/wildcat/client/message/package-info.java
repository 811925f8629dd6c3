/// Sending to all devices of a user, receiving, and what is done when a message cannot be decrypted.
@org.jspecify.annotations.NullMarked
package wildcat.client.message;
