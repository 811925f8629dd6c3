package wildcat.client.event;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name the user gave an account: 1 to 64 of `A-Z a-z 0-9 . _ -`.
public record AccountId(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public AccountId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an account id");
    }
  }

  public static Optional<AccountId> parse(String text) {
    return isValid(text) ? Optional.of(new AccountId(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return ALLOWED.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  @Override
  public String toString() {
    return value;
  }
}
