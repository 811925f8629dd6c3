/// Requests and answers of the routes under `/v1`.
@org.jspecify.annotations.NullMarked
package wildcat.api.v1;
