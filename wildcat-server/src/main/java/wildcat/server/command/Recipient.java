package wildcat.server.command;

import java.util.Optional;
import java.util.regex.Pattern;
import wildcat.protocol.jid.Jid;

/// Reads the address of a chat in every form people write it.
public final class Recipient {
  private static final int MAX_CHARACTERS = 100;
  private static final Pattern PHONE =
      Pattern.compile("\\+?[0-9(](?:[ ()./-]{0,3}[0-9]){4,17}[)]?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{5,20}");
  private static final Pattern LID_OR_LIST = Pattern.compile("[0-9]{1,25}");
  private static final Pattern GROUP = Pattern.compile("[0-9]{5,25}(-[0-9]{5,15})?");

  private Recipient() {}

  /// `4915112345678`, `+49 151 …`, `…@s.whatsapp.net`, `…@c.us`, `…@lid`, `…@g.us`, `…@newsletter`,
  /// `…@broadcast` and `status@broadcast`; a device number is dropped. Empty when it is none of these.
  public static Optional<Jid> parse(String text) {
    String address = text.strip();
    if (address.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    if (!address.contains("@")) {
      return PHONE.matcher(address).matches()
          ? phone(address.replaceAll("[^0-9]", ""))
          : Optional.empty();
    }
    return Jid.parse(address).flatMap(Recipient::known);
  }

  private static Optional<Jid> known(Jid jid) {
    String user = jid.user();
    return switch (jid.server()) {
      case Jid.PN_SERVER, Jid.LEGACY_USER_SERVER -> phone(user);
      case Jid.LID_SERVER ->
          LID_OR_LIST.matcher(user).matches() ? Optional.of(Jid.lid(user)) : Optional.empty();
      case Jid.GROUP_SERVER ->
          GROUP.matcher(user).matches() ? Optional.of(Jid.group(user)) : Optional.empty();
      case Jid.NEWSLETTER_SERVER, Jid.BROADCAST_SERVER ->
          LID_OR_LIST.matcher(user).matches() || jid.equals(Jid.STATUS)
              ? Optional.of(jid.withoutDevice())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Jid> phone(String digits) {
    return DIGITS.matcher(digits).matches() ? Optional.of(Jid.pn(digits)) : Optional.empty();
  }
}
