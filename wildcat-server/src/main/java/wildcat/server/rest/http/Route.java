package wildcat.server.rest.http;

import java.util.Optional;
import wildcat.server.key.Scope;

/// One operation. Each says with [#says] what it is for: the OpenAPI document is made of that.
///
/// @param path parameters in braces; `{id}` is always an account
/// @param scope what a key needs, or empty when none is needed
public record Route(Method method, String path, Optional<Scope> scope, Action action, Doc doc) {
  /// The methods in use.
  public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /// Answers one call, on a virtual thread of its own: may block. Whatever it throws becomes an answer.
  public interface Action {
    void answer(Call call) throws Exception;
  }

  /// A route that needs no key.
  public static Route open(Method method, String path, Action action) {
    return new Route(method, path, Optional.empty(), action, Doc.NONE);
  }

  public static Route get(String path, Scope scope, Action action) {
    return of(Method.GET, path, scope, action);
  }

  public static Route post(String path, Scope scope, Action action) {
    return of(Method.POST, path, scope, action);
  }

  public static Route put(String path, Scope scope, Action action) {
    return of(Method.PUT, path, scope, action);
  }

  public static Route patch(String path, Scope scope, Action action) {
    return of(Method.PATCH, path, scope, action);
  }

  public static Route delete(String path, Scope scope, Action action) {
    return of(Method.DELETE, path, scope, action);
  }

  private static Route of(Method method, String path, Scope scope, Action action) {
    return new Route(method, path, Optional.of(scope), action, Doc.NONE);
  }

  /// The same, declared.
  public Route says(Doc declared) {
    return new Route(method, path, scope, action, declared);
  }

  /// Whether it is of the interface that is made for today, not of the predecessor's.
  public boolean isV1() {
    return path.equals("/v1") || path.startsWith("/v1/");
  }

  boolean isAboutAnAccount() {
    return path.contains("{id}") && path.contains("/accounts/{id}");
  }
}
