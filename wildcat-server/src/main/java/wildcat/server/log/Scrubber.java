package wildcat.server.log;

import java.util.regex.Pattern;

/// Takes out of a text what must not be in a log: phone numbers, addresses of people, API keys and webhook
/// secrets. The last line of defence; nothing is supposed to get here.
public final class Scrubber {
  private static final Pattern KEY = Pattern.compile("wc_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}");
  private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=_-]{10,}");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[0-9][0-9_:.-]{2,30}@(?:s\\.whatsapp\\.net|c\\.us|lid|hosted(?:\\.lid)?|g\\.us|newsletter|broadcast)");
  private static final Pattern PHONE =
      Pattern.compile("(?<![A-Za-z0-9_.:-])\\+?[0-9](?:[ ()./-]?[0-9]){7,14}(?![A-Za-z0-9_:-])");

  private Scrubber() {}

  public static String scrub(String text) {
    if (!mayNeedIt(text)) {
      return text;
    }
    String scrubbed = KEY.matcher(text).replaceAll("wc_***");
    scrubbed = SECRET.matcher(scrubbed).replaceAll("whsec_***");
    scrubbed = ADDRESS.matcher(scrubbed).replaceAll("***@***");
    return PHONE.matcher(scrubbed).replaceAll("***");
  }

  private static boolean mayNeedIt(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      }
    }
    return digits >= 3 || text.contains("wc_") || text.contains("whsec_");
  }
}
