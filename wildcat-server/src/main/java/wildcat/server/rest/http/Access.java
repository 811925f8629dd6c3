package wildcat.server.rest.http;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.server.key.Caller;
import wildcat.server.key.Keys;
import wildcat.server.key.Scope;
import wildcat.server.key.Sessions;

/// Finds out who calls and whether they may.
public final class Access {
  public static final String SESSION_COOKIE = "wildcat_session";

  /// What a page of ours sends with whatever changes something. A page of another site cannot: the browser
  /// would ask us first, and we do not answer that.
  public static final String PAGE_HEADER = "X-Wildcat-Page";

  private final Optional<Keys> keys;
  private final Optional<Sessions> sessions;

  private Access(Optional<Keys> keys, Optional<Sessions> sessions) {
    this.keys = keys;
    this.sessions = sessions;
  }

  public static Access byKeys(Keys keys, Sessions sessions) {
    return new Access(Optional.of(keys), Optional.of(sessions));
  }

  /// Everybody may everything, as far as they are on this machine: pages of other sites that a browser on
  /// it shows are kept out by their `Host` and `Origin`.
  public static Access withoutKeys() {
    return new Access(Optional.empty(), Optional.empty());
  }

  Caller authenticate(Credentials given) throws HttpFault, StoreFailed, InterruptedException {
    if (keys.isEmpty()) {
      refuseForeignPages(given);
      return Caller.ANYBODY;
    }
    Optional<String> text = given.key();
    if (text.isEmpty() && given.session() != null) {
      return bySession(given, given.session());
    }
    if (text.isEmpty()) {
      throw new HttpFault(
          401,
          "unauthorized",
          "an API key is needed: Authorization: Bearer wc_... "
              + "(the first one is in the file admin.key of the server's data folder)");
    }
    return keys.get()
        .authenticate(text.get())
        .orElseThrow(() -> new HttpFault(401, "unauthorized", "the API key is not valid"));
  }

  private Caller bySession(Credentials given, String token) throws HttpFault {
    Caller caller =
        sessions
            .flatMap(open -> open.find(token))
            .orElseThrow(
                () -> new HttpFault(401, "unauthorized", "the session has ended: sign in again"));
    if (!given.reads() && !given.page()) {
      throw HttpFault.forbidden("with a cookie, the header " + PAGE_HEADER + " is needed");
    }
    return caller;
  }

  static void authorize(Caller caller, Scope scope) throws HttpFault {
    if (!caller.may(scope)) {
      throw HttpFault.forbidden("this needs a key with the scope " + scope.wireName());
    }
  }

  static void authorize(Caller caller, Optional<AccountId> account) throws HttpFault {
    if (!caller.mayTouchAll() && account.filter(caller::mayTouch).isEmpty()) {
      throw HttpFault.forbidden("this key is for other accounts");
    }
  }

  private static void refuseForeignPages(Credentials given) throws HttpFault {
    boolean local = given.host() != null && isLoopbackName(withoutPort(given.host()));
    boolean sameOrigin =
        given.origin() == null
            || given.origin().equals("http://" + given.host())
            || given.origin().equals("https://" + given.host());
    if (!local || !sameOrigin) {
      throw HttpFault.forbidden(
          "without authentication only this machine is served, as localhost or 127.0.0.1");
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean isLoopbackName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.[0-9]{1,3}){3}");
  }

  /// What a request shows of its caller.
  ///
  /// @param session the token in its cookie
  /// @param reads whether it can change nothing
  /// @param page whether it says that one of our pages sends it
  record Credentials(
      @Nullable String authorization,
      @Nullable String apiKey,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String session,
      boolean reads,
      boolean page) {

    Optional<String> key() {
      if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
        return Optional.of(authorization.substring(7).strip());
      }
      return Optional.ofNullable(apiKey).map(String::strip);
    }

    @Override
    public String toString() {
      return "credentials";
    }
  }
}
