package wildcat.client.event;

/// Hears of everything that happens to an account: of durable events after their commit, of the others at
/// once. Called one at a time, in order, on a virtual thread of the account that does nothing else: a listener
/// that is slow for long holds up the account.
public interface EventListener {
  void on(AccountId account, Event event);
}
