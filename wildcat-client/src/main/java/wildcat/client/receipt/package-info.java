/// What others tell us of the messages we sent: delivered, read, played.
@org.jspecify.annotations.NullMarked
package wildcat.client.receipt;
