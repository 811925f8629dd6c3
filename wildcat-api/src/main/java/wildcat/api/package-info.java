/// The JSON of Wildcat's HTTP interface and webhooks: what it has in common.
@org.jspecify.annotations.NullMarked
package wildcat.api;
