package wildcat.protocol.ratchet;

import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;

/// Our half of a ratchet state.
///
/// @param ratchetKey its public half stands in the header of every message of the chain
/// @param counter of the next message
/// @param previousCounter last counter of the chain before, 0 when there was none
record SendingChain(KeyPair ratchetKey, Secret chainKey, int counter, int previousCounter) {
  SendingChain advanced(Secret nextChainKey) {
    return new SendingChain(ratchetKey, nextChainKey, Math.addExact(counter, 1), previousCounter);
  }
}
