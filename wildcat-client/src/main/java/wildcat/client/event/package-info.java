/// What Wildcat tells its user, and the names of accounts and messages.
@org.jspecify.annotations.NullMarked
package wildcat.client.event;
