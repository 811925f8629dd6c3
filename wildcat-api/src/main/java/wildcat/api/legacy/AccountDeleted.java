package wildcat.api.legacy;

import org.jspecify.annotations.Nullable;

/// Answer of `DELETE /accounts/:id`.
///
/// @param deletedCollection null when there was no such account
public record AccountDeleted(boolean ok, String message, @Nullable String deletedCollection) {}
