/// The page at `/` and how a browser signs in.
@org.jspecify.annotations.NullMarked
package wildcat.server.rest.dashboard;
