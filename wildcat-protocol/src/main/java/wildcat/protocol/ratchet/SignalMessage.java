package wildcat.protocol.ratchet;

import static wildcat.protocol.ratchet.MessageFields.BYTES;
import static wildcat.protocol.ratchet.MessageFields.UINT32;

import org.jspecify.annotations.Nullable;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;

/// A message of the double ratchet, as received.
///
///     0x33 | 1: ratchet key (33 B) | 2: counter | 3: previous counter | 4: ciphertext | MAC (8 B)
///
/// The previous counter is not kept: some peers send 2^32 - 1 in their first reply. Source:
/// WhisperTextProtocol.proto.
///
/// @param encoded the whole message: the MAC is checked over what came, never over what we would write
/// @param counter unsigned 32 bits
record SignalMessage(Bytes encoded, PublicKey ratchetKey, long counter, Bytes ciphertext) {
  private static final int OVERHEAD_BYTES = 64;

  static SignalMessage parse(byte[] message) throws CannotDecrypt {
    MessageBuilder.checkVersion(message);
    int end = message.length - RatchetCrypto.MAC_BYTES;
    if (end < 1) {
      throw MessageFields.malformed("it has " + message.length + " B");
    }
    @Nullable PublicKey ratchetKey = null;
    @Nullable Long counter = null;
    Bytes ciphertext = Bytes.empty();
    var fields = new MessageFields(message, 1, end);
    while (fields.next()) {
      switch (fields.tag()) {
        case 8 + BYTES -> ratchetKey = fields.key();
        case 2 * 8 + UINT32 -> counter = Integer.toUnsignedLong(fields.uint32());
        case 4 * 8 + BYTES -> ciphertext = fields.bytes();
        default -> {}
      }
    }
    if (ratchetKey == null || counter == null || ciphertext.isEmpty()) {
      throw MessageFields.malformed("the ratchet key, the counter or the ciphertext is missing");
    }
    return new SignalMessage(Bytes.copyOf(message), ratchetKey, counter, ciphertext);
  }

  /// The message of `chain`, with zeros where the MAC belongs.
  static byte[] unauthenticated(SendingChain chain, byte[] ciphertext) {
    return new MessageBuilder(OVERHEAD_BYTES + ciphertext.length)
        .key(1, chain.ratchetKey().publicKey())
        .uint32(2, chain.counter())
        .uint32(3, chain.previousCounter())
        .bytes(4, ciphertext)
        .room(RatchetCrypto.MAC_BYTES)
        .build();
  }
}
