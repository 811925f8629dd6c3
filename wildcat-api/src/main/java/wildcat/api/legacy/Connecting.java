package wildcat.api.legacy;

/// Answer of `POST /accounts/:id/connect`.
public record Connecting(boolean ok, String accountId, String status, String message) {}
