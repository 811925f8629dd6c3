package wildcat.api.v1;

/// One account.
public record AccountAnswer(boolean ok, AccountView account) {}
