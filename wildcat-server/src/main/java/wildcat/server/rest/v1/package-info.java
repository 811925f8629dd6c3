/// The routes under `/v1`.
@org.jspecify.annotations.NullMarked
package wildcat.server.rest.v1;
