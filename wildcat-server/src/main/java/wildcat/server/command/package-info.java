/// What can be done, one class per use case; knows nothing of HTTP.
@org.jspecify.annotations.NullMarked
package wildcat.server.command;
