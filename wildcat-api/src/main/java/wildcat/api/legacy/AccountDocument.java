package wildcat.api.legacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// An account as in `GET /accounts` and `GET /accounts/:id`.
///
/// @param status the last one stored
/// @param currentStatus of the live connection; `not_started` when there is none
/// @param id as `_id`; the predecessor said `id` only when it created one
public record AccountDocument(
    @JsonProperty("_id") String underscoreId,
    String name,
    String collectionName,
    String createdAt,
    String status,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String updatedAt,
    String currentStatus,
    @JsonProperty("hasQR") boolean hasQr,
    String id) {}
