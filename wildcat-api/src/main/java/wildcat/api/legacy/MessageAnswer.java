package wildcat.api.legacy;

/// Answer of `GET /accounts/:id/messages/:mid`.
public record MessageAnswer(boolean ok, MessageDocument message) {}
