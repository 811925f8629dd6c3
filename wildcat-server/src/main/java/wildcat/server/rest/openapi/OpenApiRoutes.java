package wildcat.server.rest.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import wildcat.api.Json;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.http.Route.Method;

/// The document, and Swagger UI to browse it. The page itself tells nothing and needs no key; it asks for one to
/// fetch the document.
public final class OpenApiRoutes {
  private static final String UI = "/META-INF/resources/webjars/swagger-ui/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// What of the library is used, with its type.
  private static final Map<String, String> LIBRARY =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8");

  private static final Map<String, String> OWN =
      Map.of(
          "docs.css", "text/css; charset=utf-8",
          "docs.js", "text/javascript; charset=utf-8");

  private final Supplier<List<Route>> routes;
  private final String version;
  private volatile Optional<byte[]> document = Optional.empty();

  /// @param routes all there are, these included; asked at the first call
  public OpenApiRoutes(Supplier<List<Route>> routes, String version) {
    this.routes = routes;
    this.version = version;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/openapi.json", Scope.READ, this::document)
            .says(Doc.of("This document").answersBytes(200, Doc.JSON)),
        Route.open(Method.GET, "/docs", OpenApiRoutes::page)
            .says(Doc.of("Browse this document").answersBytes(200, "text/html")),
        Route.open(Method.GET, "/docs/{file}", OpenApiRoutes::file)
            .says(
                Doc.of("Parts of that page")
                    .answersBytes(200, "text/css")
                    .answersBytes(200, "text/javascript")));
  }

  private void document(Call call) {
    byte[] bytes = document.orElse(null);
    if (bytes == null) {
      bytes = Json.bytes(OpenApi.of(routes.get(), version));
      document = Optional.of(bytes);
    }
    call.bytes(200, "application/json; charset=utf-8", bytes);
  }

  private static void page(Call call) throws Exception {
    send(call, resource("docs.html"), "text/html; charset=utf-8");
  }

  private static void file(Call call) throws Exception {
    String name = call.path("file");
    if (OWN.containsKey(name)) {
      send(call, resource(name), OWN.getOrDefault(name, ""));
      return;
    }
    String type = LIBRARY.get(name);
    if (type == null) {
      throw new HttpFault(404, "not_found", "there is no such file");
    }
    send(call, UI + libraryVersion() + "/" + name, type);
  }

  private static String resource(String name) {
    return "/" + OpenApiRoutes.class.getPackageName().replace('.', '/') + "/" + name;
  }

  private static void send(Call call, String resource, String type) throws IOException {
    try (InputStream in = OpenApiRoutes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is not in the jar");
      }
      call.header("Content-Security-Policy", POLICY);
      call.header("Cache-Control", "no-cache");
      call.bytes(200, type, in.readAllBytes());
    }
  }

  private static String libraryVersion() {
    try (InputStream in =
        OpenApiRoutes.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      var properties = new Properties();
      if (in != null) {
        properties.load(new java.io.InputStreamReader(in, UTF_8));
      }
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
