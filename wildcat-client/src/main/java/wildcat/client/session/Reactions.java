package wildcat.client.session;

import java.time.Duration;
import wildcat.client.event.AccountState.Status;
import wildcat.client.session.Reaction.Keys;
import wildcat.client.session.Reaction.Next;
import wildcat.client.store.StoreFailed;

/// Decides what follows when a connection has ended. A pure function: endings and what happened before in,
/// [Reaction] out.
///
/// Sources: whatsmeow types/events/events.go (ConnectFailureReason) and connectionevents.go for the
/// meanings, WhatsApp Web's behaviour as whatsapp-rust src/client.rs has it for the back-off.
final class Reactions {
  /// A rate limit on the stream itself.
  static final Duration RATE_LIMIT_PAUSE = Duration.ofMinutes(5);

  /// A ban of unknown length.
  static final Duration UNKNOWN_BAN = Duration.ofHours(1);

  /// How often in a row "client too old" is taken as perhaps passing.
  static final int TOO_OLD_ATTEMPTS = 2;

  /// How often in a row a restart is followed without any pause.
  static final int RESTARTS_AT_ONCE = 3;

  /// What happened before this ending.
  ///
  /// @param tooOld how often in a row the server called the client too old, this time not counted
  /// @param restarts how often in a row the server wanted a restart, this time not counted
  record Before(int tooOld, int restarts) {
    static final Before NOTHING = new Before(0, 0);
  }

  private Reactions() {}

  static Reaction to(Ending ending, Before before) {
    return switch (ending) {
      case Ending.Failure failure -> toFailure(failure, before);
      case Ending.StreamError error -> toStreamError(error, before);
      case Ending.Lost(String why) -> again(why);
      case Ending.Closed(String why) -> again(why);
      case Ending.Store(StoreFailed failure) -> toStoreFailure(failure);
    };
  }

  private static Reaction toFailure(Ending.Failure failure, Before before) {
    return switch (failure.reason()) {
      case 400 -> stop("WhatsApp refused the login (400)");
      case 401 -> loggedOut("this device was unlinked (401)");
      case 402 -> banned(failure);
      case 403 -> loggedOut("WhatsApp locked the account, or its phone is gone (403)");
      case 405 -> tooOld(before);
      case 406 ->
          new Reaction(
              Status.BANNED,
              "WhatsApp banned the account (406)",
              Keys.QUARANTINED,
              new Next.Never(),
              true);
      case 409 -> alarm("WhatsApp does not accept this kind of client (409)");
      case 415 -> stop("WhatsApp does not find what the login asks for (415)");
      case 418 -> stop("WhatsApp does not know this client (418)");
      case 500 -> again("WhatsApp has an internal error (500)");
      case 501 -> stop("WhatsApp refused an experimental feature (501)");
      case 503 -> again("WhatsApp is not available (503)");
      case -1 -> stop("WhatsApp refused the login without a reason");
      default ->
          stop("WhatsApp refused the login for an unknown reason (" + failure.reason() + ")");
    };
  }

  private static Reaction banned(Ending.Failure failure) {
    String why =
        switch (failure.code()) {
          case 101 -> "too many messages to people who do not have this number as a contact";
          case 102 -> "blocked by too many people";
          case 103 -> "too many groups created";
          case 104 -> "the same message sent too often";
          case 106 -> "broadcast lists misused";
          default -> "no cause given";
        };
    return new Reaction(
        Status.BANNED,
        "WhatsApp banned the account for a time (402, " + failure.code() + "): " + why,
        Keys.KEPT,
        new Next.After(failure.expire().orElse(UNKNOWN_BAN)),
        true);
  }

  private static Reaction tooOld(Before before) {
    String reason = "WhatsApp no longer accepts this version of the client (405)";
    return before.tooOld() + 1 < TOO_OLD_ATTEMPTS ? again(reason) : alarm(reason);
  }

  private static Reaction toStreamError(Ending.StreamError error, Before before) {
    int code = error.code();
    if (code == 515) {
      return before.restarts() < RESTARTS_AT_ONCE
          ? new Reaction(
              Status.RECONNECTING,
              "WhatsApp asked for a restart (515)",
              Keys.KEPT,
              new Next.AtOnce(),
              false)
          : again("WhatsApp asks for a restart again and again (515)");
    }
    if (code == 516 || code == 401 || error.conflict().equals("device_removed")) {
      return loggedOut("this device was unlinked (" + (code < 0 ? "conflict" : code) + ")");
    }
    if (error.children().contains("conflict") || code == 409 || code == 440) {
      return new Reaction(
          Status.CONFLICT, "this device was opened elsewhere", Keys.KEPT, new Next.Never(), false);
    }
    if (code == 429) {
      return backOff("WhatsApp limits the rate of connections (429)", RATE_LIMIT_PAUSE);
    }
    if (code >= 500 && code <= 599) {
      return again("WhatsApp closed the stream (" + code + ")");
    }
    if (error.children().contains("xml-not-well-formed")) {
      return again("WhatsApp could not read one of our stanzas");
    }
    if (error.children().contains("ack")) {
      return again("WhatsApp misses an acknowledgement");
    }
    return again(
        "WhatsApp closed the stream with an unknown error" + (code < 0 ? "" : " (" + code + ")"));
  }

  /// Whether the socket stays open until the server closes it: errors that only announce something, and
  /// those that nobody knows.
  static boolean staysOpen(Ending.StreamError error) {
    int code = error.code();
    boolean known =
        code == 401
            || code == 409
            || code == 440
            || code == 429
            || (code >= 500 && code <= 599)
            || error.children().contains("conflict")
            || error.children().contains("xml-not-well-formed");
    return !known;
  }

  private static Reaction toStoreFailure(StoreFailed failure) {
    return switch (failure) {
      case StoreFailed.Unreadable _ ->
          new Reaction(
              Status.KEY_ERROR,
              "stored keys of this account cannot be read",
              Keys.KEPT,
              new Next.Never(),
              true);
      case StoreFailed.Unavailable _ -> again("the store is not available");
      case StoreFailed.StaleOwner _ -> stop("this account is run by another process now");
      case StoreFailed.Conflict _ -> again("the store refused a change");
    };
  }

  private static Reaction again(String reason) {
    return backOff(reason, Duration.ZERO);
  }

  private static Reaction backOff(String reason, Duration atLeast) {
    return new Reaction(Status.RECONNECTING, reason, Keys.KEPT, new Next.BackOff(atLeast), false);
  }

  private static Reaction stop(String reason) {
    return new Reaction(Status.DISCONNECTED, reason, Keys.KEPT, new Next.Never(), false);
  }

  private static Reaction alarm(String reason) {
    return new Reaction(Status.DISCONNECTED, reason, Keys.KEPT, new Next.Never(), true);
  }

  private static Reaction loggedOut(String reason) {
    return new Reaction(Status.LOGGED_OUT, reason, Keys.QUARANTINED, new Next.Never(), false);
  }
}
