package wildcat.client.event;

/// Hears of everything that happens to an account: of durable events after their commit, of the others at
/// once. Called on the account's thread, one at a time: must be quick.
public interface EventListener {
  void on(AccountId account, Event event);
}
