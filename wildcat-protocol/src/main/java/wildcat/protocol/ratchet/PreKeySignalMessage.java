package wildcat.protocol.ratchet;

import static wildcat.protocol.ratchet.MessageFields.BYTES;
import static wildcat.protocol.ratchet.MessageFields.UINT32;

import org.jspecify.annotations.Nullable;
import wildcat.protocol.curve.PublicKey;

/// The envelope around the first messages of an initiator, who has no answer yet.
///
///     0x33 | 1: one-time pre-key id | 2: base key | 3: identity key | 4: SignalMessage
///          | 5: registration id | 6: signed pre-key id
///
/// Source: WhisperTextProtocol.proto.
///
/// @param oneTimeId 0 when no one-time pre-key was used: no id is 0, and some peers write the 0
/// @param registrationId of the sender, unsigned; 0 when he does not tell
record PreKeySignalMessage(
    int oneTimeId,
    PublicKey baseKey,
    PublicKey identity,
    SignalMessage message,
    int registrationId,
    int signedId) {

  private static final int OVERHEAD_BYTES = 96;

  static PreKeySignalMessage parse(byte[] envelope) throws CannotDecrypt {
    MessageBuilder.checkVersion(envelope);
    int oneTimeId = 0;
    @Nullable PublicKey baseKey = null;
    @Nullable PublicKey identity = null;
    @Nullable SignalMessage message = null;
    int registrationId = 0;
    @Nullable Integer signedId = null;
    var fields = new MessageFields(envelope, 1, envelope.length);
    while (fields.next()) {
      switch (fields.tag()) {
        case 8 + UINT32 -> oneTimeId = fields.uint32();
        case 2 * 8 + BYTES -> baseKey = fields.key();
        case 3 * 8 + BYTES -> identity = fields.key();
        case 4 * 8 + BYTES -> message = SignalMessage.parse(fields.bytes().toArray());
        case 5 * 8 + UINT32 -> registrationId = fields.uint32();
        case 6 * 8 + UINT32 -> signedId = fields.uint32();
        default -> {}
      }
    }
    if (baseKey == null || identity == null || message == null || signedId == null) {
      throw MessageFields.malformed("a key, a key's id or the message within is missing");
    }
    return new PreKeySignalMessage(oneTimeId, baseKey, identity, message, registrationId, signedId);
  }

  /// Puts `message` of an unanswered state into its envelope.
  static byte[] wrap(
      RatchetState state, RatchetState.Unanswered preKeys, LocalIdentity local, byte[] message) {
    var envelope = new MessageBuilder(OVERHEAD_BYTES + message.length);
    if (preKeys.oneTimeId() != 0) {
      envelope.uint32(1, preKeys.oneTimeId());
    }
    return envelope
        .key(2, state.baseKey())
        .key(3, local.keys().publicKey())
        .bytes(4, message)
        .uint32(5, local.registrationId())
        .uint32(6, preKeys.signedId())
        .build();
  }
}
