package wildcat.cli.rest;

import java.net.URI;

/// No server answers at the address.
public final class NotReachable extends ApiFailed {
  private static final long serialVersionUID = 1L;

  NotReachable(URI address, String why, Throwable cause) {
    super("no server answers at " + address + " (" + why + ")", cause);
  }
}
