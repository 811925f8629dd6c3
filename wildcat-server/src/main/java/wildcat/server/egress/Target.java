package wildcat.server.egress;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Where an http or https URL points to.
///
/// @param host as written, in lower case; an IPv6 address without brackets
/// @param path with query, never empty
/// @param authorization the header for the user and password of the URL, if it has them
public record Target(
    boolean https, String host, int port, String path, Optional<String> authorization) {
  public static final int MAX_CHARACTERS = 2_048;

  /// Why a text is no target.
  public static final class NotATarget extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean otherScheme;

    private NotATarget(boolean otherScheme) {
      super(otherScheme ? "only http and https URLs can be called" : "not a URL");
      this.otherScheme = otherScheme;
    }

    /// Whether it is a URL, but neither http nor https.
    public boolean isOtherScheme() {
      return otherScheme;
    }
  }

  /// Reads a URL as leniently as browsers do: signs that ought to be encoded are, and a host may contain `_`.
  public static Target parse(String url) throws NotATarget {
    String text = url.strip();
    int colon = text.indexOf(':');
    if (colon <= 0 || text.length() > MAX_CHARACTERS) {
      throw new NotATarget(false);
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
      throw new NotATarget(false);
    }
    boolean https = scheme.equals("https");
    if (!https && !scheme.equals("http")) {
      throw new NotATarget(true);
    }
    if (!text.startsWith("//", colon + 1)) {
      throw new NotATarget(false);
    }
    int start = colon + 3;
    int end = firstOf(text, "/?#\\", start);
    String authority = text.substring(start, end);
    int at = authority.lastIndexOf('@');
    String hostAndPort = authority.substring(at + 1);
    int portColon = hostAndPort.lastIndexOf(':');
    if (portColon >= 0 && hostAndPort.indexOf(']', portColon) >= 0) {
      portColon = -1;
    }
    String host = host(portColon < 0 ? hostAndPort : hostAndPort.substring(0, portColon));
    int port = portColon < 0 ? -1 : port(hostAndPort.substring(portColon + 1));
    return new Target(
        https,
        host,
        port >= 0 ? port : https ? 443 : 80,
        path(text.substring(end)),
        at < 0 ? Optional.empty() : Optional.of(basic(authority.substring(0, at))));
  }

  /// Without user, password and query: what may be shown and logged.
  @Override
  public String toString() {
    int query = path.indexOf('?');
    return (https ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + (port == (https ? 443 : 80) ? "" : ":" + port)
        + (query < 0 ? path : path.substring(0, query));
  }

  private static int firstOf(String text, String signs, int from) {
    for (int i = from; i < text.length(); i++) {
      if (signs.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static String host(String text) throws NotATarget {
    if (text.startsWith("[") && text.endsWith("]")) {
      String address = text.substring(1, text.length() - 1);
      if (!address.contains(":") || Cidr.literal(address).isEmpty()) {
        throw new NotATarget(false);
      }
      return address.toLowerCase(Locale.ROOT);
    }
    try {
      String ascii = IDN.toASCII(text).toLowerCase(Locale.ROOT);
      if (!ascii.matches("[a-z0-9._-]{1,253}") || ascii.startsWith(".") || ascii.contains("..")) {
        throw new NotATarget(false);
      }
      return ascii;
    } catch (IllegalArgumentException _) {
      throw new NotATarget(false);
    }
  }

  /// @return -1 when the text is empty
  private static int port(String text) throws NotATarget {
    if (text.isEmpty()) {
      return -1;
    }
    if (!text.matches("[0-9]{1,5}")) {
      throw new NotATarget(false);
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw new NotATarget(false);
    }
    return port;
  }

  private static String path(String text) {
    int hash = text.indexOf('#');
    String kept = hash < 0 ? text : text.substring(0, hash);
    var path = new StringBuilder(kept.length() + 16);
    if (!kept.startsWith("/") && !kept.startsWith("\\")) {
      path.append('/');
    }
    boolean inQuery = false;
    for (byte b : kept.getBytes(StandardCharsets.UTF_8)) {
      inQuery |= b == '?';
      if (b == '\\' && !inQuery) {
        path.append('/');
      } else if (b <= ' ' || b == 0x7f || "\"<>\\^`{|}[]".indexOf(b) >= 0) {
        path.append('%').append(String.format(Locale.ROOT, "%02X", b));
      } else {
        path.append((char) b);
      }
    }
    return path.toString();
  }

  private static String basic(String userInfo) {
    String decoded = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
  }
}
