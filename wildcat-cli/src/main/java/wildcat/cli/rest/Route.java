package wildcat.cli.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.stream.Collectors;

/// A path below the server's address with its query. Whatever is put in is encoded, so no id can reach another route.
///
/// @param text path and query, beginning with a slash
public record Route(String text) {

  /// A path of these segments.
  public static Route of(String... segments) {
    return new Route(
        Arrays.stream(segments).map(Route::encoded).collect(Collectors.joining("/", "/", "")));
  }

  /// The same with one more query parameter.
  public Route with(String name, String value) {
    return new Route(
        text + (text.contains("?") ? "&" : "?") + encoded(name) + "=" + encoded(value));
  }

  private static String encoded(String part) {
    return switch (part) {
      case "." -> "%2E";
      case ".." -> "%2E%2E";
      default -> URLEncoder.encode(part, UTF_8).replace("+", "%20");
    };
  }
}
