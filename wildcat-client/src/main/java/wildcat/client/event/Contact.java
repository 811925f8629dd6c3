package wildcat.client.event;

import wildcat.protocol.jid.Jid;

/// What a person is called. Names are as the other side wrote them, right-to-left and zero-width characters
/// included, but of bounded length and on one line ([#cleaned]).
///
/// @param person by pn when it is known, else by lid; without device
/// @param pushName what the person calls himself; "" when unknown
/// @param verifiedName of a business, certified by WhatsApp; "" when it is none
/// @param savedName what the account's owner calls the person; "" when unknown
public record Contact(Jid person, String pushName, String verifiedName, String savedName) {
  /// Of a name, in code points. WhatsApp's own clients allow 25 for a push name.
  public static final int MAX_NAME = 256;

  public static Contact unknown(Jid person) {
    return new Contact(person, "", "", "");
  }

  /// What to show: the saved name, else that of the business, else the push name; "" when there is none.
  public String name() {
    if (!savedName.isEmpty()) {
      return savedName;
    }
    return verifiedName.isEmpty() ? pushName : verifiedName;
  }

  public Contact withPushName(String next) {
    return new Contact(person, cleaned(next), verifiedName, savedName);
  }

  public Contact withVerifiedName(String next) {
    return new Contact(person, pushName, cleaned(next), savedName);
  }

  public Contact withSavedName(String next) {
    return new Contact(person, pushName, verifiedName, cleaned(next));
  }

  /// The same names for another form of the person's address, where that one has none.
  public Contact and(Contact other) {
    return new Contact(
        person,
        pushName.isEmpty() ? other.pushName : pushName,
        verifiedName.isEmpty() ? other.verifiedName : verifiedName,
        savedName.isEmpty() ? other.savedName : savedName);
  }

  /// A name as it came from outside: cut to [#MAX_NAME], control characters taken out, also halves of a pair.
  public static String cleaned(String name) {
    var kept = new StringBuilder(Math.min(name.length(), MAX_NAME));
    name.codePoints()
        .filter(c -> !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF))
        .limit(MAX_NAME)
        .forEach(kept::appendCodePoint);
    return kept.toString().strip();
  }

  @Override
  public String toString() {
    return "contact";
  }
}
