package wildcat.server.rest.http;

import wildcat.api.legacy.Failure;
import wildcat.api.v1.Problem;
import wildcat.client.session.NotConnected;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.server.account.AccountFailed;
import wildcat.server.command.Refusal;

/// Turns failures into answers: the only place that knows which status a failure has. The shape is that of
/// `/v1` for its paths and the predecessor's for all others.
public final class Failures {
  private Failures() {}

  /// What is answered.
  ///
  /// @param error a text for people
  public record Answer(int status, String code, String error) {
    Object body(String path, String requestId) {
      return path.equals("/v1") || path.startsWith("/v1/")
          ? new Problem(false, error, code, requestId)
          : Failure.of(error);
    }
  }

  /// @return whether a bug of ours is behind it, which wants a line in the log
  static boolean isBug(Exception failure) {
    return switch (failure) {
      case HttpFault _, Refusal _, AccountFailed _, RequestFailed _, StoreFailed _ -> false;
      default -> true;
    };
  }

  public static Answer of(Exception failure) {
    return switch (failure) {
      case HttpFault fault -> new Answer(fault.status(), fault.code(), text(fault));
      case Refusal refusal -> of(refusal);
      case AccountFailed account -> of(account);
      case RequestFailed request -> of(request);
      case StoreFailed store -> of(store);
      case InterruptedException _ ->
          new Answer(503, "shutting_down", "the server is shutting down");
      default -> new Answer(500, "internal_error", "internal_error");
    };
  }

  private static Answer of(Refusal refusal) {
    return switch (refusal.reason()) {
      case INVALID -> new Answer(400, "invalid", text(refusal));
      case ACCOUNT_UNKNOWN -> new Answer(404, "account_not_found", text(refusal));
      case ACCOUNT_EXISTS -> new Answer(409, "account_exists", text(refusal));
      case NOT_CONNECTED -> new Answer(503, "not_connected", text(refusal));
      case ALREADY_LINKED -> new Answer(409, "already_linked", text(refusal));
      case NO_CODE_YET -> new Answer(409, "no_code_yet", text(refusal));
      case NOT_LINKING -> new Answer(409, "not_linking", text(refusal));
      case MESSAGE_UNKNOWN -> new Answer(404, "message_not_found", text(refusal));
      case WEBHOOK_UNKNOWN -> new Answer(404, "webhook_not_found", text(refusal));
      case KEY_UNKNOWN -> new Answer(404, "key_not_found", text(refusal));
      case FAILED_BEFORE -> new Answer(502, "failed_before", text(refusal));
      case TOKEN_REUSED -> new Answer(422, "idempotency_key_reused", text(refusal));
      case UNSUPPORTED_CHAT -> new Answer(422, "unsupported_chat", text(refusal));
      case TOO_MANY -> new Answer(409, "too_many", text(refusal));
    };
  }

  private static Answer of(AccountFailed failure) {
    return switch (failure) {
      case AccountFailed.Unknown unknown -> new Answer(404, "account_not_found", text(unknown));
      case AccountFailed.Exists exists -> new Answer(409, "account_exists", text(exists));
      case AccountFailed.NotRunning stopped -> new Answer(409, "not_started", text(stopped));
    };
  }

  private static Answer of(RequestFailed failure) {
    return switch (failure) {
      case NotConnected _ -> new Answer(503, "not_connected", "the account is not connected");
      case OutcomeUnknown _ ->
          new Answer(
              504,
              "outcome_unknown",
              "WhatsApp did not confirm in time; the message is kept and sent again with the same id");
      case Rejected rejected ->
          new Answer(502, "rejected", "WhatsApp refused it with code " + rejected.code());
    };
  }

  private static Answer of(StoreFailed failure) {
    return switch (failure) {
      case StoreFailed.Unavailable _ ->
          new Answer(503, "store_unavailable", "the store is not available right now");
      case StoreFailed.Unreadable _ ->
          new Answer(500, "store_unreadable", "stored data cannot be read; see the server's log");
      case StoreFailed.StaleOwner _ ->
          new Answer(503, "account_moved", "the account is run by another process now");
      case StoreFailed.Conflict _ -> new Answer(409, "conflict", "it was changed meanwhile");
    };
  }

  private static String text(Exception failure) {
    String message = failure.getMessage();
    return message == null ? "internal_error" : message;
  }
}
