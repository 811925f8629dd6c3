package wildcat.client.event;

/// The id of a message, unique per chat and sender: any text of 1 to 128 characters, chosen by whoever
/// sent it.
public record MessageId(String value) {
  public static final int MAX_CHARACTERS = 128;

  public MessageId {
    if (value.isEmpty() || value.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a message id has 1 to " + MAX_CHARACTERS + " characters, not " + value.length());
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
