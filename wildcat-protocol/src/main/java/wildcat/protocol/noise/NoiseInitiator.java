package wildcat.protocol.noise;

import com.google.protobuf.ByteString;
import java.time.Instant;
import wildcat.proto.HandshakeMessage;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The client's side of the Noise XX handshake. Used once, by one thread.
///
///     -> e                            ClientHello
///     <- e, ee, s, es                 ServerHello, its payload the certificate chain
///     -> s, se                        ClientFinish, its payload the ClientPayload
///
/// Source: whatsmeow handshake.go, Baileys noise-handler.ts.
public final class NoiseInitiator {
  private static final PublicKey WHATSAPP_ROOT =
      new PublicKey(
          Bytes.ofHex("142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b"));

  /// The last handshake message and what follows it.
  public record Finish(Bytes message, NoiseTransport transport) {}

  private final Curve curve;
  private final KeyPair identity;
  private final KeyPair ephemeral;
  private final PublicKey root;
  private final HandshakeState state;

  /// @param identity the device's long-lived noise key
  /// @param ephemeral a fresh pair
  /// @param root the key that must have signed the server's certificates
  public NoiseInitiator(Curve curve, KeyPair identity, KeyPair ephemeral, PublicKey root) {
    this.curve = curve;
    this.identity = identity;
    this.ephemeral = ephemeral;
    this.root = root;
    state = new HandshakeState(curve, HandshakeState.Pattern.XX);
    state.mixHash(ephemeral.publicKey().bytes().toArray());
  }

  /// WhatsApp's own root key (whatsmeow handshake.go, WACertPubKey).
  public static PublicKey whatsappRoot() {
    return WHATSAPP_ROOT;
  }

  /// ClientHello.
  public byte[] hello() {
    return HandshakeMessage.newBuilder()
        .setClientHello(
            HandshakeMessage.ClientHello.newBuilder()
                .setEphemeral(HandshakeMessages.bytes(ephemeral.publicKey())))
        .build()
        .toByteArray();
  }

  /// Checks ServerHello, its certificates included, and answers with ClientFinish.
  ///
  /// @param clientPayload who we are, see [wildcat.protocol.pairing.ClientPayloads]
  /// @param now for the certificates' validity
  /// @throws HandshakeFailed a cipher or one of the nine certificate checks failed; send nothing more
  public Finish finish(byte[] serverHello, byte[] clientPayload, Instant now)
      throws HandshakeFailed {
    HandshakeMessage message = HandshakeMessages.parse(serverHello, "ServerHello");
    if (!message.hasServerHello()) {
      throw new HandshakeFailed("the answer is no ServerHello");
    }
    HandshakeMessage.ServerHello hello = message.getServerHello();
    byte[] theirs = hello.getEphemeral().toByteArray();
    PublicKey serverEphemeral = HandshakeState.key(theirs, "ServerHello.ephemeral");
    state.mixHash(theirs);
    state.mixKey(ephemeral, serverEphemeral);
    PublicKey serverKey = state.decryptKey(hello.getStatic().toByteArray(), "ServerHello.static");
    state.mixKey(ephemeral, serverKey);
    byte[] chain = state.decrypt(hello.getPayload().toByteArray(), "ServerHello.payload");
    ServerCertificates.verify(curve, Bytes.wrap(chain), serverKey, root, now);

    byte[] sealedKey = state.encrypt(identity.publicKey().bytes().toArray());
    state.mixKey(identity, serverEphemeral);
    byte[] sealedPayload = state.encrypt(clientPayload);
    byte[] finish =
        HandshakeMessage.newBuilder()
            .setClientFinish(
                HandshakeMessage.ClientFinish.newBuilder()
                    .setStatic(ByteString.copyFrom(sealedKey))
                    .setPayload(ByteString.copyFrom(sealedPayload)))
            .build()
            .toByteArray();
    return new Finish(Bytes.wrap(finish), state.split(true));
  }
}
