package wildcat.api.legacy;

/// Answer of `GET /ping`.
public record Ping(boolean ok, boolean pong, String time) {}
