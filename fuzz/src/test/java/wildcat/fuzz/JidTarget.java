package wildcat.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import wildcat.protocol.jid.Jid;

/// Jids in text.
public final class JidTarget {
  private JidTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Optional<Jid> jid = Jid.parse(new String(input, StandardCharsets.UTF_8));
    if (jid.isPresent() && !Jid.parse(jid.get().toString()).equals(jid)) {
      throw new AssertionError("its text is not read as the same jid");
    }
  }
}
