package wildcat.server.rest.dashboard;

import java.util.List;
import java.util.Optional;
import wildcat.api.v1.Done;
import wildcat.api.v1.NewSession;
import wildcat.api.v1.SessionView;
import wildcat.server.key.Caller;
import wildcat.server.key.Scope;
import wildcat.server.key.Sessions;
import wildcat.server.rest.http.Access;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.http.Route.Method;

/// Signing in and out of the dashboard. The key is exchanged for a cookie that scripts cannot read; what it is
/// used for must carry the header [Access#PAGE_HEADER], which no other site can make a browser send.
public final class SessionRoutes {
  private static final String PATH = "/v1/session";

  private final Optional<Sessions> sessions;

  /// @param sessions empty when the server runs without authentication
  public SessionRoutes(Optional<Sessions> sessions) {
    this.sessions = sessions;
  }

  public List<Route> routes() {
    return List.of(
        Route.open(Method.GET, PATH, this::show)
            .says(Doc.of("Is this browser signed in").answers(200, SessionView.class)),
        Route.open(Method.POST, PATH, this::signIn)
            .says(
                Doc.of("Sign a browser in")
                    .text("Exchanges an API key for a cookie that lasts twelve hours.")
                    .body(NewSession.class)
                    .answers(200, SessionView.class)
                    .fails(401)),
        Route.open(Method.DELETE, PATH, this::signOut)
            .says(Doc.of("Sign a browser out").answers(200, Done.class)));
  }

  private void show(Call call) {
    Optional<Caller> caller =
        sessions.isEmpty()
            ? Optional.of(Caller.ANYBODY)
            : call.cookie(Access.SESSION_COOKIE).flatMap(sessions.get()::find);
    call.json(200, view(caller));
  }

  private void signIn(Call call) throws Exception {
    NewSession wanted = call.body(NewSession.class);
    if (sessions.isEmpty()) {
      call.json(200, view(Optional.of(Caller.ANYBODY)));
      return;
    }
    if (wanted.key() == null || wanted.key().isBlank()) {
      throw HttpFault.badRequest("key_required", "key is required");
    }
    String token =
        sessions
            .get()
            .signIn(wanted.key().strip())
            .orElseThrow(() -> new HttpFault(401, "unauthorized", "the API key is not valid"));
    call.header("Set-Cookie", cookie(call, token, Sessions.LENGTH.toSeconds()));
    call.json(200, view(sessions.get().find(token)));
  }

  private void signOut(Call call) {
    sessions.ifPresent(open -> call.cookie(Access.SESSION_COOKIE).ifPresent(open::signOut));
    call.header("Set-Cookie", cookie(call, "", 0));
    call.json(200, Done.DONE);
  }

  private static String cookie(Call call, String value, long seconds) {
    boolean secure = call.header("X-Forwarded-Proto").filter("https"::equals).isPresent();
    return Access.SESSION_COOKIE
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (secure ? "; Secure" : "");
  }

  private static SessionView view(Optional<Caller> caller) {
    return new SessionView(
        true,
        caller.isPresent(),
        caller.map(Caller::keyId).orElse(null),
        caller.stream()
            .flatMap(known -> known.scopes().stream())
            .sorted()
            .map(Scope::wireName)
            .toList());
  }
}
