/// What the operator sets, read from the environment and a `.env` file and checked at the start.
@org.jspecify.annotations.NullMarked
package wildcat.server.config;
