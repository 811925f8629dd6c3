/// The documents that webhooks and event streams deliver.
@org.jspecify.annotations.NullMarked
package wildcat.api.event;
