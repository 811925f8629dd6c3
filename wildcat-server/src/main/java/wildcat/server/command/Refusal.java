package wildcat.server.command;

import java.util.Optional;
import wildcat.server.account.AccountView;

/// A command cannot be carried out as things stand. The message is for people.
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  /// Why.
  public enum Reason {
    /// Something given is malformed.
    INVALID,
    ACCOUNT_UNKNOWN,
    ACCOUNT_EXISTS,
    /// The account is there but not connected.
    NOT_CONNECTED,
    /// A phone has accepted the account already.
    ALREADY_LINKED,
    /// No code yet: in a moment there will be one.
    NO_CODE_YET,
    /// The account is not waiting to be linked, and will not by itself.
    NOT_LINKING,
    MESSAGE_UNKNOWN,
    WEBHOOK_UNKNOWN,
    KEY_UNKNOWN,
    /// What was to be done once was done, and failed.
    FAILED_BEFORE,
    /// A token that stands for one request came with another.
    TOKEN_REUSED,
    /// Understood, but not possible with this kind of chat.
    UNSUPPORTED_CHAT,
    /// As many as there may be.
    TOO_MANY
  }

  private final Reason reason;
  private final transient Optional<AccountView> account;

  public Refusal(Reason reason, String message) {
    this(reason, message, Optional.empty());
  }

  Refusal(Reason reason, String message, Optional<AccountView> account) {
    super(message);
    this.reason = reason;
    this.account = account;
  }

  public Reason reason() {
    return reason;
  }

  /// How the account stands, where that is the reason.
  public Optional<AccountView> account() {
    return account;
  }
}
