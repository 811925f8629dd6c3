package wildcat.cli.rest;

import java.nio.file.Path;

/// There is a key file, but this user may not read it, or it holds no key.
public final class KeyUnreadable extends Exception {
  private static final long serialVersionUID = 1L;

  KeyUnreadable(Path file, Throwable cause) {
    super(
        "cannot read the key in %s (run as the user of the server, or set WILDCAT_KEY)"
            .formatted(file),
        cause);
  }
}
