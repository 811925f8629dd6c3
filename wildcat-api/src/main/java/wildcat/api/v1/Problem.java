package wildcat.api.v1;

/// Every answer of `/v1` that is not a success.
///
/// @param ok false
/// @param error a text for people, without secrets
/// @param code for programs, for example `account_not_found`
/// @param requestId as in the header `X-Request-Id`, and in the server's log
public record Problem(boolean ok, String error, String code, String requestId) {}
