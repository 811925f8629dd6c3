package wildcat.client.message;

/// What a message says, in the words of whoever sends it. [MessageWriter] makes the protobuf of it.
///
/// Nothing here prints what it says: texts are private.
public sealed interface OutgoingContent {

  /// @param text 1 to 65,536 characters
  record Text(String text) implements OutgoingContent {
    public static final int MAX_CHARACTERS = 65_536;

    public Text {
      if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
        throw new IllegalArgumentException(
            "a text has 1 to " + MAX_CHARACTERS + " characters, not " + text.length());
      }
    }

    @Override
    public String toString() {
      return "text of " + text.length() + " characters";
    }
  }
}
