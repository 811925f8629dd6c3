package wildcat.protocol.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import wildcat.proto.HandshakeMessage;
import wildcat.protocol.curve.PublicKey;

/// Reads and writes the protobuf container of handshake messages, within limits.
final class HandshakeMessages {
  /// The largest real one, a registering client's last, has under 1 KiB.
  static final int MAX_BYTES = 16_384;

  private HandshakeMessages() {}

  static HandshakeMessage parse(byte[] message, String what) throws HandshakeFailed {
    if (message.length > MAX_BYTES) {
      throw new HandshakeFailed(
          what + " of " + message.length + " B > limit of " + MAX_BYTES + " B");
    }
    try {
      return HandshakeMessage.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new HandshakeFailed(what + " does not parse", e);
    }
  }

  static ByteString bytes(PublicKey key) {
    return ByteString.copyFrom(key.bytes().toArray());
  }
}
