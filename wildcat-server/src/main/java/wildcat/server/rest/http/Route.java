package wildcat.server.rest.http;

import java.util.Optional;
import wildcat.server.key.Scope;

/// One operation.
///
/// @param path parameters in braces; `{id}` is always an account
/// @param scope what a key needs, or empty when none is needed
public record Route(Method method, String path, Optional<Scope> scope, Action action) {
  /// The methods in use.
  public enum Method {
    GET,
    POST,
    PATCH,
    DELETE
  }

  /// Answers one call, on a virtual thread of its own: may block. Whatever it throws becomes an answer.
  public interface Action {
    void answer(Call call) throws Exception;
  }

  /// A route that needs no key.
  public static Route open(Method method, String path, Action action) {
    return new Route(method, path, Optional.empty(), action);
  }

  public static Route get(String path, Scope scope, Action action) {
    return new Route(Method.GET, path, Optional.of(scope), action);
  }

  public static Route post(String path, Scope scope, Action action) {
    return new Route(Method.POST, path, Optional.of(scope), action);
  }

  public static Route patch(String path, Scope scope, Action action) {
    return new Route(Method.PATCH, path, Optional.of(scope), action);
  }

  public static Route delete(String path, Scope scope, Action action) {
    return new Route(Method.DELETE, path, Optional.of(scope), action);
  }

  boolean isAboutAnAccount() {
    return path.contains("{id}") && path.contains("/accounts/{id}");
  }
}
