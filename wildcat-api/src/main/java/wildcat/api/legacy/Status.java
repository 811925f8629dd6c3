package wildcat.api.legacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /accounts/:id/status`.
///
/// @param qr text while a code is pending, JSON null before the first one, absent afterwards
public record Status(
    boolean ok,
    String accountId,
    String status,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode qr,
    String collection) {
  @Override
  public String toString() {
    return accountId + " " + status;
  }
}
