package wildcat.api.v1;

import org.jspecify.annotations.Nullable;

/// How an account stands; the fields are those of [AccountView].
public record StatusAnswer(
    boolean ok,
    String accountId,
    String status,
    String reason,
    String since,
    @Nullable String until,
    boolean hasQr) {}
