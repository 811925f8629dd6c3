package wildcat.protocol.noise;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import wildcat.proto.HandshakeMessage;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The server's side of the Noise handshake: XX, and XXfallback for a client that tries the shortened IK
/// handshake with a cached certificate. Used once, by one thread.
///
/// Source: whatsmeow socket/noisehandshake.go, whatsapp-rust handshake.rs.
public final class NoiseResponder {
  /// A client that has proven its static key, its payload, and the ciphers that follow.
  public record Accepted(PublicKey clientKey, Bytes clientPayload, NoiseTransport transport) {}

  private final Curve curve;
  private final KeyPair identity;
  private final KeyPair ephemeral;
  private final Bytes certificates;
  private @Nullable HandshakeState state;

  /// @param identity the server's static key, the one in the leaf certificate
  /// @param ephemeral a fresh pair
  /// @param certificates the encoded chain, see [ServerCertificates]
  public NoiseResponder(Curve curve, KeyPair identity, KeyPair ephemeral, Bytes certificates) {
    this.curve = curve;
    this.identity = identity;
    this.ephemeral = ephemeral;
    this.certificates = certificates;
  }

  /// ServerHello in answer to ClientHello.
  public byte[] answer(byte[] clientHello) throws HandshakeFailed {
    HandshakeMessage message = HandshakeMessages.parse(clientHello, "ClientHello");
    if (!message.hasClientHello()) {
      throw new HandshakeFailed("the first message is no ClientHello");
    }
    HandshakeMessage.ClientHello hello = message.getClientHello();
    byte[] theirs = hello.getEphemeral().toByteArray();
    PublicKey clientEphemeral = HandshakeState.key(theirs, "ClientHello.ephemeral");
    boolean shortened = hello.hasStatic() && hello.hasPayload();
    var handshake =
        new HandshakeState(
            curve, shortened ? HandshakeState.Pattern.XX_FALLBACK : HandshakeState.Pattern.XX);
    handshake.mixHash(theirs);
    handshake.mixHash(ephemeral.publicKey().bytes().toArray());
    handshake.mixKey(ephemeral, clientEphemeral);
    byte[] sealedKey = handshake.encrypt(identity.publicKey().bytes().toArray());
    handshake.mixKey(identity, clientEphemeral);
    byte[] sealedChain = handshake.encrypt(certificates.toArray());
    state = handshake;
    return HandshakeMessage.newBuilder()
        .setServerHello(
            HandshakeMessage.ServerHello.newBuilder()
                .setEphemeral(HandshakeMessages.bytes(ephemeral.publicKey()))
                .setStatic(ByteString.copyFrom(sealedKey))
                .setPayload(ByteString.copyFrom(sealedChain)))
        .build()
        .toByteArray();
  }

  /// Opens ClientFinish.
  public Accepted accept(byte[] clientFinish) throws HandshakeFailed {
    HandshakeState handshake = state;
    if (handshake == null) {
      throw new IllegalStateException("ClientHello comes first");
    }
    HandshakeMessage message = HandshakeMessages.parse(clientFinish, "ClientFinish");
    if (!message.hasClientFinish()) {
      throw new HandshakeFailed("the second message is no ClientFinish");
    }
    HandshakeMessage.ClientFinish finish = message.getClientFinish();
    PublicKey clientKey =
        handshake.decryptKey(finish.getStatic().toByteArray(), "ClientFinish.static");
    handshake.mixKey(ephemeral, clientKey);
    byte[] payload = handshake.decrypt(finish.getPayload().toByteArray(), "ClientFinish.payload");
    return new Accepted(clientKey, Bytes.wrap(payload), handshake.split(false));
  }
}
