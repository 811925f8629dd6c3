package wildcat.api.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A key that was just made.
///
/// @param key its text, shown this once
public record KeyCreated(boolean ok, String key, @JsonUnwrapped KeyView view) {
  @Override
  public String toString() {
    return "key " + view.id();
  }
}
