/// Stored events on their way to webhooks: written once, signed, in order per chat, repeated until accepted.
@org.jspecify.annotations.NullMarked
package wildcat.server.webhook;
