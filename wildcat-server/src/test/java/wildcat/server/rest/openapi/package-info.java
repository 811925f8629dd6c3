@org.jspecify.annotations.NullMarked
package wildcat.server.rest.openapi;
