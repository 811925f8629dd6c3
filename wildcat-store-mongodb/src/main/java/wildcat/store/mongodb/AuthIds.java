package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import java.util.List;
import org.bson.conversions.Bson;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.RatchetAddress;

/// What the documents in `auth_…` are called. All begin with `3/`, so none is taken for one of Wildcat 2's,
/// which may be in the same collection. What belongs together is a range of names, so the collection needs
/// no index but the one it has.
final class AuthIds {
  static final String CREDENTIALS = "3/credentials";
  private static final String RATCHET = "3/ratchet/";
  private static final String IDENTITY = "3/identity/";
  private static final String PRE_KEY = "3/pre-key/";
  private static final String DEVICES = "3/devices/";
  private static final String CHAT = "3/chat/";
  private static final String CONTACT = "3/contact/";
  private static final String LID_OF = "3/lid-of/";
  private static final String PN_OF = "3/pn-of/";

  /// What a logout puts aside.
  static final List<String> SECRETS = List.of(CREDENTIALS, RATCHET, IDENTITY, PRE_KEY);

  private AuthIds() {}

  /// The kinds that have a document per device of a user.
  enum PerDevice {
    RATCHETS(RATCHET),
    IDENTITIES(IDENTITY);

    private final String prefix;

    PerDevice(String prefix) {
      this.prefix = prefix;
    }

    String id(RatchetAddress address) {
      return prefix + address.jid().withoutDevice() + "/" + address.jid().device();
    }

    /// All devices of a user.
    ///
    /// @param user without device
    String ofUser(Jid user) {
      return prefix + user + "/";
    }

    /// The device whose document has that name.
    RatchetAddress address(Jid user, String id) {
      int device = Integer.parseInt(id.substring(ofUser(user).length()));
      return new RatchetAddress(user.withDevice(device));
    }
  }

  static String preKey(int id) {
    return PRE_KEY + "%08d".formatted(id);
  }

  static int preKey(String id) {
    return Integer.parseInt(id.substring(PRE_KEY.length()));
  }

  static String preKeys() {
    return PRE_KEY;
  }

  static String devices() {
    return DEVICES;
  }

  static String devices(Jid user) {
    return DEVICES + user;
  }

  static String chat(Jid chat) {
    return CHAT + chat;
  }

  static String contact(Jid person) {
    return CONTACT + person;
  }

  static String contacts() {
    return CONTACT;
  }

  static String lidOf(Jid pn) {
    return LID_OF + pn;
  }

  static String pnOf(Jid lid) {
    return PN_OF + lid;
  }

  /// The documents whose names begin with `prefix`.
  static Bson range(String prefix) {
    char after = (char) (prefix.charAt(prefix.length() - 1) + 1);
    String end = prefix.substring(0, prefix.length() - 1) + after;
    return and(gte("_id", prefix), lt("_id", end));
  }
}
