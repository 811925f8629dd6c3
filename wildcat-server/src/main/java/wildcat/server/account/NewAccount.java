package wildcat.server.account;

import wildcat.client.event.AccountId;

/// A wish for an account.
public record NewAccount(AccountId id, String name, String collectionName) {}
