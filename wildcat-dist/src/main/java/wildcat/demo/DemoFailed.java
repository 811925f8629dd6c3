package wildcat.demo;

/// A step did not end as it should; the message says what was waited for or what came instead.
final class DemoFailed extends Exception {
  private static final long serialVersionUID = 1L;

  DemoFailed(String message) {
    super(message);
  }

  DemoFailed(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
