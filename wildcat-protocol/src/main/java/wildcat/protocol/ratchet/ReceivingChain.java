package wildcat.protocol.ratchet;

import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.PublicKey;

/// What is needed to read the messages that carry one ratchet key of the peer.
///
/// @param index counter of the first message not reached yet
record ReceivingChain(PublicKey ratchetKey, Secret chainKey, int index, SkippedSeeds skipped) {
  /// The seed of a message, and the chain after it.
  record Reached(Secret seed, ReceivingChain next) {}

  static ReceivingChain start(PublicKey ratchetKey, Secret chainKey) {
    return new ReceivingChain(ratchetKey, chainKey, 0, SkippedSeeds.NONE);
  }

  /// Finds the seed of the message with this counter; seeds passed over on the way are kept.
  ///
  /// @param counter unsigned 32 bits
  /// @param maxForward how far ahead it may lie
  Reached reach(RatchetCrypto crypto, long counter, int maxForward) throws CannotDecrypt {
    if (counter < index) {
      int known = (int) counter;
      Secret seed =
          skipped
              .find(known)
              .orElseThrow(() ->
                  new CannotDecrypt(
                      CannotDecrypt.Reason.DUPLICATE,
                      "message " + counter + " of a chain at " + index + " was read before"));
      return new Reached(
          seed, new ReceivingChain(ratchetKey, chainKey, index, skipped.without(known)));
    }
    if (counter - index > maxForward || counter == Integer.MAX_VALUE) {
      throw new CannotDecrypt(
          CannotDecrypt.Reason.TOO_FAR_AHEAD,
          "message " + counter + " is more than " + maxForward + " ahead of " + index);
    }
    return advance(crypto, (int) counter);
  }

  private Reached advance(RatchetCrypto crypto, int counter) {
    int gap = counter - index;
    int kept = Math.min(gap, Limits.SKIPPED_PER_CHAIN);
    var counters = new int[kept];
    var seeds = new byte[kept * SkippedSeeds.SEED_BYTES];
    Secret key = chainKey;
    for (int i = 0; i < gap; i++) {
      int position = i - (gap - kept);
      if (position >= 0) {
        counters[position] = index + i;
        byte[] seed = crypto.seed(key).expose();
        System.arraycopy(seed, 0, seeds, position * seed.length, seed.length);
      }
      key = crypto.nextChainKey(key);
    }
    SkippedSeeds allSkipped = gap == 0 ? skipped : skipped.plus(SkippedSeeds.of(counters, seeds));
    return new Reached(
        crypto.seed(key),
        new ReceivingChain(ratchetKey, crypto.nextChainKey(key), counter + 1, allSkipped));
  }
}
