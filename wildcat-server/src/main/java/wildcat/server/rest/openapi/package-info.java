/// The OpenAPI document, made of the routes, and the pages to browse it.
@org.jspecify.annotations.NullMarked
package wildcat.server.rest.openapi;
