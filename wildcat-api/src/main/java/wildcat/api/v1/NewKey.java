package wildcat.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wish for an API key.
///
/// @param name what it is for; absent means ""
/// @param scopes of `read`, `send`, `manage`, `admin`; absent means read and send
/// @param accounts the accounts it is good for; absent means all
/// @param expiresAt RFC 3339; absent means never
public record NewKey(
    @Nullable String name,
    @Nullable List<String> scopes,
    @Nullable List<String> accounts,
    @Nullable String expiresAt) {}
