package wildcat.client.store;

/// The store could not do what was asked; nothing was changed. The subclasses differ in what may follow.
public abstract sealed class StoreFailed extends Exception {
  private static final long serialVersionUID = 1;

  private StoreFailed(String message) {
    super(message);
  }

  private StoreFailed(String message, Throwable cause) {
    super(message, cause);
  }

  /// Something is there but cannot be read: damaged, or sealed with another key. Never treat it as
  /// absent, never write over it. The account goes into `key_error`.
  public static final class Unreadable extends StoreFailed {
    private static final long serialVersionUID = 1;

    public Unreadable(String message) {
      super(message);
    }

    public Unreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The disk is full, the database is gone, or the like. May pass by itself.
  public static final class Unavailable extends StoreFailed {
    private static final long serialVersionUID = 1;

    public Unavailable(String message) {
      super(message);
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Somebody else owns the account now (its epoch has grown). Stop, do not retry.
  public static final class StaleOwner extends StoreFailed {
    private static final long serialVersionUID = 1;

    public StaleOwner(String message) {
      super(message);
    }
  }

  /// What was to be created exists, readable or not; or what was to be changed does not.
  public static final class Conflict extends StoreFailed {
    private static final long serialVersionUID = 1;

    public Conflict(String message) {
      super(message);
    }
  }
}
