package wildcat.api.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A webhook that was just made.
///
/// @param secret to check signatures with, shown this once
public record WebhookCreated(boolean ok, String secret, @JsonUnwrapped WebhookView view) {
  @Override
  public String toString() {
    return "webhook " + view.id();
  }
}
