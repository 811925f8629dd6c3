/// The only way out to addresses that a user has named: private ones are refused, redirects are not followed.
@org.jspecify.annotations.NullMarked
package wildcat.server.egress;
