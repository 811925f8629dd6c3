package wildcat.api.legacy;

import org.jspecify.annotations.Nullable;

/// What `POST /accounts` reads.
///
/// @param collectionName kept and shown, without use
public record NewAccount(String id, @Nullable String name, @Nullable String collectionName) {}
