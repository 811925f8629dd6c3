package wildcat.server.rest.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.http.Route.Method;

/// The page at `/` and its parts. Everything comes from this server, nothing from elsewhere.
public final class DashboardRoutes {
  private static final String FOLDER = "/wildcat/dashboard/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");
  private static final List<String> FILES =
      List.of(
          "index.html",
          "app.css",
          "app.js",
          "dom.js",
          "api.js",
          "accounts.js",
          "chats.js",
          "webhooks.js",
          "keys.js",
          "icon.svg");

  private final Map<String, byte[]> files = new HashMap<>();

  public DashboardRoutes() {
    for (String file : FILES) {
      files.put(file, content(file));
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.open(Method.GET, "/", call -> answer(call, "index.html"))
            .says(Doc.of("The dashboard").in("dashboard").answersBytes(200, "text/html")),
        Route.open(Method.GET, "/dashboard/{file}", this::file)
            .says(
                Doc.of("Parts of the dashboard")
                    .in("dashboard")
                    .answersBytes(200, "text/css")
                    .answersBytes(200, "text/javascript")
                    .answersBytes(200, "image/svg+xml")));
  }

  private void file(Call call) throws HttpFault {
    answer(call, call.path("file"));
  }

  private void answer(Call call, String file) throws HttpFault {
    byte[] content = files.get(file);
    if (content == null) {
      throw new HttpFault(404, "not_found", "there is no such file");
    }
    call.header("Content-Security-Policy", POLICY);
    call.header("Cache-Control", "no-cache");
    call.bytes(200, TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), ""), content);
  }

  private static byte[] content(String file) {
    try (InputStream in = DashboardRoutes.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the dashboard lacks " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
