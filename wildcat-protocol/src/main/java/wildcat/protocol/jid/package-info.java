/// Addresses of users, groups and devices.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.jid;
