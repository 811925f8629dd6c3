package wildcat.simulator.admin;

/// A request that cannot be done; becomes an answer with this status and a JSON error.
final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  static Refused notFound(String what) {
    return new Refused(404, "no such " + what);
  }

  int status() {
    return status;
  }
}
