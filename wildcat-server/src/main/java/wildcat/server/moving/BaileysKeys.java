package wildcat.server.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// Everything a linked account of Baileys needs to go on, as one unit of work. Used once.
///
/// What is damaged is left out and counted, unless the account cannot be without it: then a contact is asked
/// to send again, or a list is fetched again, as after any loss. Credentials must be whole.
///
/// Wildcat 2 wrote texts and lists as fields by index, over those of the value before. So a device list may
/// have a tail of an older one; it is not read, the server has it. A mapping of a number to its lid counts if
/// the mapping back says the same.
final class BaileysKeys {
  /// Which domain a signal address names behind `_`; source: Baileys WABinary/jid-utils.ts.
  private static final Map<String, String> DOMAINS =
      Map.of(
          "", Jid.PN_SERVER,
          "0", Jid.PN_SERVER,
          "1", Jid.LID_SERVER,
          "128", Jid.HOSTED_SERVER,
          "129", Jid.HOSTED_LID_SERVER);

  private static final Pattern ADDRESS =
      Pattern.compile("([0-9]{1,32})(?:_([0-9]{1,3}))?\\.([0-9]{1,5})");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{5,32}");
  private static final String REVERSE = "_reverse";

  private final AuthState state;
  private final Curve curve;
  private final UnitOfWork work = new UnitOfWork();
  private final List<String> leftOut = new ArrayList<>();
  private int ratchets;
  private int preKeys;

  private BaileysKeys(AuthState state, Curve curve) {
    this.state = state;
    this.curve = curve;
  }

  /// @param leftOut what was damaged: kinds and reasons, no names of people
  record Read(
      Credentials credentials, UnitOfWork work, int ratchets, int preKeys, List<String> leftOut) {
    @Override
    public String toString() {
      return ratchets + " ratchets, " + preKeys + " pre-keys";
    }
  }

  /// @throws Unusable the credentials are damaged, or the account was never linked
  static Read read(AuthState state, Curve curve) throws Unusable {
    var keys = new BaileysKeys(state, curve);
    Credentials credentials = BaileysCredentials.credentials(state.credentials(), curve);
    keys.work.add(new Change.CreateCredentials(credentials));
    keys.addPreKeys();
    keys.addRatchets();
    keys.mapLids(credentials);
    return new Read(credentials, keys.work, keys.ratchets, keys.preKeys, List.copyOf(keys.leftOut));
  }

  private void addPreKeys() throws Unusable {
    Field creds = state.credentials();
    int next = creds.at("nextPreKeyId").number();
    int firstNotUploaded = creds.at("firstUnuploadedPreKeyId").number();
    var keys = new ArrayList<PreKey>();
    for (Field stored : state.keys("pre-key")) {
      try {
        var key =
            new PreKey(Integer.parseInt(stored.name()), stored.keys(curve, "private", "public"));
        if (key.id() < next) {
          keys.add(key);
        }
      } catch (Unusable | IllegalArgumentException _) {
        leftOut.add("a pre-key is damaged");
      }
    }
    keys.sort(java.util.Comparator.comparingInt(PreKey::id));
    preKeys = keys.size();
    boolean lastIsThere = !keys.isEmpty() && keys.getLast().id() == next - 1;
    if (next > 1 && next - 1 <= PreKey.MAX_ID && !lastIsThere) {
      // so that numbers go on behind the last one given: a message to a used key must not find a
      // new one
      PreKey placeholder = new PreKey(next - 1, firstKeys());
      work.add(new Change.AddPreKeys(with(keys, placeholder)));
      work.add(new Change.RemovePreKey(placeholder.id()));
    } else if (!keys.isEmpty()) {
      work.add(new Change.AddPreKeys(keys));
    }
    List<Integer> uploaded =
        keys.stream().map(PreKey::id).filter(id -> id < firstNotUploaded).toList();
    if (!uploaded.isEmpty()) {
      work.add(new Change.MarkPreKeysUploaded(uploaded));
    }
  }

  private KeyPair firstKeys() throws Unusable {
    return state.credentials().at("signedPreKey").at("keyPair").keys(curve, "private", "public");
  }

  private static List<PreKey> with(List<PreKey> keys, PreKey last) {
    var all = new ArrayList<>(keys);
    all.add(last);
    return all;
  }

  private void addRatchets() {
    Set<RatchetAddress> identified = new HashSet<>();
    for (Field stored : state.keys("identity-key")) {
      try {
        RatchetAddress address = address(stored.name());
        work.add(new Change.PutIdentity(address, stored.publicKey()));
        identified.add(address);
      } catch (Unusable _) {
        leftOut.add("an identity key is damaged");
      }
    }
    for (Field stored : state.keys("session")) {
      try {
        RatchetAddress address = address(stored.name());
        Optional<RatchetRecord> record =
            BaileysSession.record(new Field("a session record", stored.node()), curve);
        if (record.isPresent()) {
          work.add(new Change.PutRatchet(address, record.get()));
          ratchets++;
          if (identified.add(address)) {
            work.add(new Change.PutIdentity(address, record.get().remoteIdentity()));
          }
        }
      } catch (Unusable e) {
        leftOut.add(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Reads `<user>[_<domain>].<device>`.
  static RatchetAddress address(String name) throws Unusable {
    Matcher matcher = ADDRESS.matcher(name);
    if (!matcher.matches()) {
      throw new Unusable("a signal address is malformed");
    }
    String server = DOMAINS.get(matcher.group(2) == null ? "" : matcher.group(2));
    if (server == null) {
      throw new Unusable("a signal address has an unknown domain");
    }
    try {
      int device = Integer.parseInt(matcher.group(3));
      return new RatchetAddress(new Jid(matcher.group(1), 0, device, server));
    } catch (IllegalArgumentException e) {
      throw new Unusable("a signal address is out of range", e);
    }
  }

  private void mapLids(Credentials credentials) {
    Map<String, String> mappings = new HashMap<>();
    for (Field stored : state.keys("lid-mapping")) {
      mappings.put(stored.name(), text(stored.node()));
    }
    Map<String, String> agreed = new HashMap<>();
    for (var entry : mappings.entrySet()) {
      String pn = entry.getKey();
      String lid = entry.getValue();
      if (pn.endsWith(REVERSE)) {
        continue;
      }
      boolean sound =
          DIGITS.matcher(pn).matches()
              && DIGITS.matcher(lid).matches()
              && pn.equals(mappings.get(lid + REVERSE));
      if (sound) {
        agreed.put(pn, lid);
      } else {
        leftOut.add("a mapping of a number to a lid contradicts the one back");
      }
    }
    credentials.linked().ifPresent(link -> agreed.put(link.pn().user(), link.lid().user()));
    agreed.forEach((pn, lid) -> work.add(new Change.MapLid(Jid.pn(pn), Jid.lid(lid))));
  }

  /// A text, also one that was written as fields by index.
  private static String text(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    var text = new StringBuilder();
    Field.byIndex(node).values().forEach(element -> text.append(element.asText()));
    return text.toString();
  }
}
