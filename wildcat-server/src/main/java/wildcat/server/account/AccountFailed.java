package wildcat.server.account;

import wildcat.client.event.AccountId;

/// Why an account cannot do what was asked.
///
/// - [Unknown]: there is no such account.
/// - [Exists]: there is one already.
/// - [NotRunning]: it is not started.
public abstract sealed class AccountFailed extends Exception {
  private static final long serialVersionUID = 1;

  private AccountFailed(String message) {
    super(message);
  }

  public static final class Unknown extends AccountFailed {
    private static final long serialVersionUID = 1;

    public Unknown(AccountId account) {
      super("there is no account " + account);
    }
  }

  public static final class Exists extends AccountFailed {
    private static final long serialVersionUID = 1;

    public Exists(AccountId account) {
      super("there is an account " + account + " already");
    }
  }

  public static final class NotRunning extends AccountFailed {
    private static final long serialVersionUID = 1;

    public NotRunning(AccountId account) {
      super("account " + account + " is not started");
    }
  }
}
