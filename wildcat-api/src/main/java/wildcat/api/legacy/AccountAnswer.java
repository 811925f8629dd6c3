package wildcat.api.legacy;

/// Answer of `GET /accounts/:id`.
public record AccountAnswer(boolean ok, AccountDocument account) {}
