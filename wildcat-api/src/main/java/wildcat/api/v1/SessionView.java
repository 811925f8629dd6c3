package wildcat.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a browser is signed in, and as whom.
///
/// @param keyId null when it is not
/// @param scopes of its key
public record SessionView(
    boolean ok, boolean signedIn, @Nullable String keyId, List<String> scopes) {
  public SessionView {
    scopes = List.copyOf(scopes);
  }
}
