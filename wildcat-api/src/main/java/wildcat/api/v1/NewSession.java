package wildcat.api.v1;

import org.jspecify.annotations.Nullable;
import wildcat.api.Required;

/// What a browser signs in with.
///
/// @param key an API key
public record NewSession(@Required @Nullable String key) {
  @Override
  public String toString() {
    return "new session";
  }
}
