package wildcat.api.legacy;

/// Answer of every send.
///
/// @param timestamp unix seconds
public record Sent(boolean ok, String messageId, long timestamp) {}
