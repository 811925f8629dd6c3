package wildcat.server.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.ForeignRatchet;
import wildcat.protocol.ratchet.ForeignRatchet.Chain;
import wildcat.protocol.ratchet.ForeignRatchet.PreKeys;
import wildcat.protocol.ratchet.ForeignRatchet.State;
import wildcat.protocol.ratchet.RatchetRecord;

/// A session record of libsignal-node, which Baileys keeps per device, as a ratchet record.
///
/// | There | Here |
/// |---|---|
/// | `_sessions`, by base key; the open one has `indexInfo.closed` -1 | states; the open one first, then those closed last |
/// | `currentRatchet.ephemeralKeyPair`, and the chain under its public key (`chainType` 1) | the sending chain |
/// | `chainKey.counter`: the last message, -1 before the first | counter of the next message: one more |
/// | `currentRatchet.previousCounter`, -1 after a chain that sent nothing | the same, at least 0 |
/// | chains of `chainType` 2 in the order in which they began | receiving chains |
/// | `messageKeys`: what HMAC(chain key, 1) gave, by counter | seeds of skipped messages |
/// | a chain without `chainKey.key`: the other side has turned the ratchet since | a closed chain |
/// | `pendingPreKey` | unanswered |
///
/// Sources: libsignal-node session_record.js, session_cipher.js, session_builder.js.
final class BaileysSession {
  private static final int SENDING = 1;
  private static final int MAX_STATES = 100;

  private BaileysSession() {}

  /// @return empty when the record holds no session that could be used
  static Optional<RatchetRecord> record(Field session, Curve curve) throws Unusable {
    var entries = new ArrayList<Field>();
    for (Map.Entry<String, JsonNode> entry : session.at("_sessions").entries()) {
      entries.add(new Field(session.name() + " session " + entries.size(), entry.getValue()));
    }
    if (entries.size() > MAX_STATES) {
      throw new Unusable(session + " has " + entries.size() + " sessions");
    }
    // a stable sort: of two that are alike, the one that was written first
    entries.sort(Comparator.comparingLong(BaileysSession::closedAt).reversed());
    var states = new ArrayList<State>();
    for (Field entry : entries) {
      Optional<State> state = state(entry, session.at("registrationId"), curve);
      state.ifPresent(states::add);
    }
    return states.isEmpty() ? Optional.empty() : Optional.of(ForeignRatchet.record(states));
  }

  /// When it was closed, in milliseconds; the open one last of all.
  private static long closedAt(Field entry) {
    long closed = entry.at("indexInfo").at("closed").node().asLong(-1);
    return closed < 0 ? Long.MAX_VALUE : closed;
  }

  /// @return empty when we have never sent in it nor could: it was set up and nothing came of it
  private static Optional<State> state(Field entry, Field commonRegistrationId, Curve curve)
      throws Unusable {
    Field ratchet = entry.at("currentRatchet");
    var ratchetKey = ratchet.at("ephemeralKeyPair").keys(curve, "privKey", "pubKey");
    Optional<Field> sending = Optional.empty();
    var receiving = new ArrayList<Chain>();
    PublicKey newest = ratchet.at("lastRemoteEphemeralKey").publicKey();
    for (Map.Entry<String, JsonNode> chain : entry.at("_chains").entries()) {
      var field = new Field(entry.name() + " chain", chain.getValue());
      PublicKey key = Field.publicKey(field.name(), base64(field, chain.getKey()));
      if (field.at("chainType").number() != SENDING) {
        receiving.add(receiving(field, key));
      } else if (key.equals(ratchetKey.publicKey())) {
        sending = Optional.of(field);
      }
    }
    if (sending.isEmpty()) {
      return Optional.empty();
    }
    receiving.sort(Comparator.comparing(chain -> chain.ratchetKey().equals(newest)));
    Field chainKey = sending.get().at("chainKey");
    Field info = entry.at("indexInfo");
    return Optional.of(
        new State(
            info.at("remoteIdentityKey").publicKey(),
            registrationId(entry.at("registrationId"), commonRegistrationId),
            info.at("baseKey").publicKey(),
            ratchet.at("rootKey").secret(),
            ratchetKey,
            chainKey.at("key").secret(),
            next(chainKey),
            Math.max(0, ratchet.at("previousCounter").number()),
            receiving,
            unanswered(entry.at("pendingPreKey"))));
  }

  /// Old records have it once for all sessions.
  private static int registrationId(Field own, Field common) throws Unusable {
    if (own.isThere()) {
      return own.number();
    }
    return common.isThere() ? common.number() : 0;
  }

  private static Optional<PreKeys> unanswered(Field pending) throws Unusable {
    if (!pending.isThere()) {
      return Optional.empty();
    }
    Field oneTime = pending.at("preKeyId");
    return Optional.of(
        new PreKeys(pending.at("signedKeyId").number(), oneTime.isThere() ? oneTime.number() : 0));
  }

  private static Chain receiving(Field chain, PublicKey ratchetKey) throws Unusable {
    Field chainKey = chain.at("chainKey");
    var skipped = new TreeMap<Integer, Secret>();
    for (Map.Entry<String, JsonNode> seed : chain.at("messageKeys").entries()) {
      skipped.put(counter(chain, seed.getKey()), new Field(chain.name(), seed.getValue()).secret());
    }
    Field key = chainKey.at("key");
    Optional<Secret> secret = key.isThere() ? Optional.of(key.secret()) : Optional.empty();
    try {
      return new Chain(ratchetKey, secret, next(chainKey), skipped);
    } catch (IllegalArgumentException e) {
      throw new Unusable(chain + ": " + e.getMessage(), e);
    }
  }

  private static int next(Field chainKey) throws Unusable {
    int last = chainKey.at("counter").number();
    if (last < -1 || last == Integer.MAX_VALUE) {
      throw new Unusable(chainKey + ".counter is out of range");
    }
    return last + 1;
  }

  private static int counter(Field chain, String text) throws Unusable {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Unusable(chain + " has a skipped message without number", e);
    }
  }

  private static Bytes base64(Field field, String text) throws Unusable {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new Unusable(field + " has no key", e);
    }
  }
}
