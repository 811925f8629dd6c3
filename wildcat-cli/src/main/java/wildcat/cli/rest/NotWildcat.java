package wildcat.cli.rest;

import java.net.URI;

/// What answers at the address does not speak Wildcat's JSON.
public final class NotWildcat extends ApiFailed {
  private static final long serialVersionUID = 1L;

  NotWildcat(URI address, int status) {
    super(
        "what answers at %s is no Wildcat server (HTTP %d without its JSON)"
            .formatted(address, status));
  }
}
