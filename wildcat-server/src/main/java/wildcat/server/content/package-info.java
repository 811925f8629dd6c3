/// Messages as JSON, for events and routes alike.
@org.jspecify.annotations.NullMarked
package wildcat.server.content;
