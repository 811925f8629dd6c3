package wildcat.api.v1;

import org.jspecify.annotations.Nullable;

/// An account and how it stands.
///
/// @param status for example `connected`, `waiting_for_link`, `reconnecting`, `logged_out`
/// @param reason for people; "" when the status says it all
/// @param since RFC 3339
/// @param until when a ban or restriction ends, if WhatsApp told
/// @param hasQr whether a QR code waits to be scanned
public record AccountView(
    String id,
    String name,
    String status,
    String reason,
    String since,
    @Nullable String until,
    boolean hasQr,
    String createdAt) {}
