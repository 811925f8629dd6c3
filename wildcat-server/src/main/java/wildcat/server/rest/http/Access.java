package wildcat.server.rest.http;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.server.key.Caller;
import wildcat.server.key.Keys;
import wildcat.server.key.Scope;

/// Finds out who calls and whether they may.
public final class Access {
  private final Optional<Keys> keys;

  private Access(Optional<Keys> keys) {
    this.keys = keys;
  }

  public static Access byKeys(Keys keys) {
    return new Access(Optional.of(keys));
  }

  /// Everybody may everything, as far as they are on this machine: pages of other sites that a browser on
  /// it shows are kept out by their `Host` and `Origin`.
  public static Access withoutKeys() {
    return new Access(Optional.empty());
  }

  Caller authenticate(Credentials given) throws HttpFault, StoreFailed, InterruptedException {
    if (keys.isEmpty()) {
      refuseForeignPages(given);
      return Caller.ANYBODY;
    }
    Optional<String> text = given.key();
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
  record Credentials(
      @Nullable String authorization,
      @Nullable String apiKey,
      @Nullable String host,
      @Nullable String origin) {

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
