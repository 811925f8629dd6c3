package wildcat.cli.rest;

/// A key and where it was found. Its text goes into the request's header and nowhere else.
///
/// @param text   the key itself
/// @param source where it was found, for messages
public record ApiKey(String text, String source) {
  /// @throws IllegalArgumentException the text has a character that no header may have
  public ApiKey {
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the key from " + source + " holds a character that no key has");
    }
  }

  @Override
  public String toString() {
    return "ApiKey from " + source;
  }
}
