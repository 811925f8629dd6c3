package wildcat.api.legacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// Every answer that is not a success.
///
/// @param status of the account, where it is the reason
public record Failure(
    boolean ok, String error, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String status) {
  public static Failure of(String error) {
    return new Failure(false, error, null);
  }
}
