package wildcat.protocol.ratchet;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// Ratchets that another program has kept, to go on with them here. The protocol fixes what a state consists
/// of; programs differ in how they count and in what they throw away, and that is told here in one way.
///
/// Sources: libsignal, SessionStructure; libsignal-node, session_record.js.
public final class ForeignRatchet {
  private ForeignRatchet() {}

  /// One double ratchet.
  ///
  /// @param remoteRegistrationId unsigned; 0 when unknown
  /// @param baseKey the ephemeral key of the initiator
  /// @param ratchetKey our current one
  /// @param sendingCounter of the next message we send
  /// @param previousCounter last counter of our chain before, 0 when there was none
  /// @param receiving the newest last
  /// @param unanswered while the other side has not answered
  public record State(
      PublicKey remoteIdentity,
      int remoteRegistrationId,
      PublicKey baseKey,
      Secret rootKey,
      KeyPair ratchetKey,
      Secret sendingChainKey,
      int sendingCounter,
      int previousCounter,
      List<Chain> receiving,
      Optional<PreKeys> unanswered) {
    public State {
      if (sendingCounter < 0 || previousCounter < 0) {
        throw new IllegalArgumentException(
            "counters " + sendingCounter + " and " + previousCounter + " must not be negative");
      }
      requireKeySize(rootKey);
      requireKeySize(sendingChainKey);
      receiving = List.copyOf(receiving);
    }

    @Override
    public String toString() {
      return "foreign ratchet state";
    }
  }

  /// What reads messages under one ratchet key of the other side.
  ///
  /// @param chainKey empty when the chain is closed: messages that are not in `skipped` cannot come
  /// @param next counter of the first message not reached yet
  /// @param skipped seeds of messages before `next` that have not arrived, by counter
  public record Chain(
      PublicKey ratchetKey,
      Optional<Secret> chainKey,
      int next,
      SortedMap<Integer, Secret> skipped) {
    public Chain {
      chainKey.ifPresent(ForeignRatchet::requireKeySize);
      skipped.values().forEach(ForeignRatchet::requireKeySize);
      if (next < 0
          || (!skipped.isEmpty() && (skipped.firstKey() < 0 || skipped.lastKey() >= next))) {
        throw new IllegalArgumentException("skipped messages lie outside of 0.." + next);
      }
      skipped = new TreeMap<>(skipped);
    }

    @Override
    public String toString() {
      return "foreign receiving chain";
    }
  }

  /// The pre-keys of the other side that every message of ours names.
  ///
  /// @param oneTimeId 0 when there was none
  public record PreKeys(int signedId, int oneTimeId) {}

  private static void requireKeySize(Secret key) {
    if (key.length() != SkippedSeeds.SEED_BYTES) {
      throw new IllegalArgumentException("a key of " + key.length() + " B");
    }
  }

  /// The record of all states with one device; what exceeds our limits is dropped, oldest first.
  ///
  /// @param states the one to send with first, then the others, newest first; at least one
  public static RatchetRecord record(List<State> states) {
    if (states.isEmpty()) {
      throw new IllegalArgumentException("a record has at least one state");
    }
    return RatchetRecord.bounded(states.stream().map(ForeignRatchet::state).toList());
  }

  private static RatchetState state(State state) {
    int surplus = Math.max(0, state.receiving().size() - Limits.RECEIVING_CHAINS);
    List<ReceivingChain> receiving = new ArrayList<>();
    for (Chain chain : state.receiving().subList(surplus, state.receiving().size())) {
      receiving.add(chain(chain, state.rootKey()));
    }
    return new RatchetState(
        state.remoteIdentity(),
        state.remoteRegistrationId(),
        state.baseKey(),
        state.rootKey(),
        new SendingChain(
            state.ratchetKey(),
            state.sendingChainKey(),
            state.sendingCounter(),
            state.previousCounter()),
        receiving,
        state
            .unanswered()
            .map(keys -> new RatchetState.Unanswered(keys.signedId(), keys.oneTimeId())));
  }

  private static ReceivingChain chain(Chain chain, Secret rootKey) {
    int surplus = Math.max(0, chain.skipped().size() - Limits.SKIPPED_PER_CHAIN);
    var kept = chain.skipped().entrySet().stream().skip(surplus).toList();
    var counters = new int[kept.size()];
    var seeds = new byte[kept.size() * SkippedSeeds.SEED_BYTES];
    for (int i = 0; i < counters.length; i++) {
      counters[i] = kept.get(i).getKey();
      byte[] seed = kept.get(i).getValue().expose();
      System.arraycopy(seed, 0, seeds, i * seed.length, seed.length);
    }
    Secret chainKey = chain.chainKey().orElseGet(() -> unknownKey(rootKey, chain.ratchetKey()));
    return new ReceivingChain(
        chain.ratchetKey(), chainKey, chain.next(), SkippedSeeds.of(counters, seeds));
  }

  /// In place of the key of a closed chain one that nobody can know: under a key that everybody knows,
  /// messages could be forged.
  private static Secret unknownKey(Secret rootKey, PublicKey ratchetKey) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(rootKey.expose(), "HmacSHA256"));
      mac.update("closed chain".getBytes(StandardCharsets.US_ASCII));
      return Secret.wrap(mac.doFinal(ratchetKey.bytes().toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }
}
