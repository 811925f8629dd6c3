package wildcat.protocol.ratchet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.PublicKey;

/// One double ratchet with a device, from one set-up. Immutable.
///
/// @param remoteRegistrationId unsigned; 0 when unknown
/// @param baseKey the ephemeral key of the initiator, which names the set-up
/// @param receiving at most 5, the newest last
/// @param unanswered present in an initiator's state until the first message of the responder
record RatchetState(
    PublicKey remoteIdentity,
    int remoteRegistrationId,
    PublicKey baseKey,
    Secret rootKey,
    SendingChain sending,
    List<ReceivingChain> receiving,
    Optional<Unanswered> unanswered) {

  /// The pre-keys of the responder that every message names until he answers.
  ///
  /// @param oneTimeId 0 when there was none
  record Unanswered(int signedId, int oneTimeId) {}

  RatchetState {
    if (receiving.size() > Limits.RECEIVING_CHAINS) {
      throw new IllegalArgumentException(receiving.size() + " receiving chains");
    }
    receiving = List.copyOf(receiving);
  }

  Optional<ReceivingChain> receiving(PublicKey ratchetKey) {
    for (ReceivingChain chain : receiving) {
      if (chain.ratchetKey().equals(ratchetKey)) {
        return Optional.of(chain);
      }
    }
    return Optional.empty();
  }

  int skipped() {
    int count = 0;
    for (ReceivingChain chain : receiving) {
      count += chain.skipped().size();
    }
    return count;
  }

  RatchetState afterSending(Secret nextChainKey) {
    return new RatchetState(
        remoteIdentity,
        remoteRegistrationId,
        baseKey,
        rootKey,
        sending.advanced(nextChainKey),
        receiving,
        unanswered);
  }

  /// After a message of a chain that is known already.
  RatchetState afterReceiving(ReceivingChain next) {
    var chains = new ArrayList<>(receiving);
    chains.replaceAll(chain -> chain.ratchetKey().equals(next.ratchetKey()) ? next : chain);
    return new RatchetState(
        remoteIdentity, remoteRegistrationId, baseKey, rootKey, sending, chains, Optional.empty());
  }

  /// After the first message of a new chain, which turns the ratchet.
  RatchetState afterTurn(ReceivingChain next, Secret nextRootKey, SendingChain nextSending) {
    var chains = new ArrayList<>(receiving);
    chains.add(next);
    if (chains.size() > Limits.RECEIVING_CHAINS) {
      chains.removeFirst();
    }
    return new RatchetState(
        remoteIdentity,
        remoteRegistrationId,
        baseKey,
        nextRootKey,
        nextSending,
        chains,
        Optional.empty());
  }
}
