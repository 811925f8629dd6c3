/// The server: puts all parts together and runs them as one process.
@org.jspecify.annotations.NullMarked
package wildcat.server;
