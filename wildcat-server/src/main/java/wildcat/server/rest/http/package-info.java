/// What all routes share: who calls, what they sent, how failures are answered. The only package that knows
/// the HTTP library.
@org.jspecify.annotations.NullMarked
package wildcat.server.rest.http;
