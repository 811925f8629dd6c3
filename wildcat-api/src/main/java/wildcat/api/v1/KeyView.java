package wildcat.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An API key without its text, which nobody but its owner has.
///
/// @param accounts null for all
/// @param lastUsedAt to the hour
public record KeyView(
    String id,
    String name,
    List<String> scopes,
    @Nullable List<String> accounts,
    String createdAt,
    @Nullable String expiresAt,
    @Nullable String lastUsedAt) {}
