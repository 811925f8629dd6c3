package wildcat.protocol.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.SecureRandom;
import java.time.Instant;
import wildcat.proto.CertChain;
import wildcat.proto.CertChain.NoiseCertificate;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The chain root → intermediate → leaf that proves a server's static key: made by a simulator, checked
/// by a client.
///
/// Sources: whatsmeow handshake.go (verifyServerCert), Baileys noise-handler.ts.
public final class ServerCertificates {
  private static final int ROOT_SERIAL = 0;
  private static final int INTERMEDIATE_SERIAL = 1;
  private static final int LEAF_SERIAL = 2;
  private static final int SIGNATURE_BYTES = 64;

  private ServerCertificates() {}

  /// Makes a chain for `leaf`, signed by `root` over a fresh intermediate.
  ///
  /// The intermediate's issuer serial 0 is written although it is the default: Baileys refuses it
  /// otherwise.
  public static Bytes issue(
      Curve curve, KeyPair root, PublicKey leaf, Instant from, Instant until) {
    var random = new SecureRandom();
    KeyPair intermediate = curve.generate(random);
    var details =
        NoiseCertificate.Details.newBuilder()
            .setNotBefore(from.getEpochSecond())
            .setNotAfter(until.getEpochSecond());
    byte[] upper =
        details
            .setSerial(INTERMEDIATE_SERIAL)
            .setIssuerSerial(ROOT_SERIAL)
            .setKey(HandshakeMessages.bytes(intermediate.publicKey()))
            .build()
            .toByteArray();
    byte[] lower =
        details
            .setSerial(LEAF_SERIAL)
            .setIssuerSerial(INTERMEDIATE_SERIAL)
            .setKey(HandshakeMessages.bytes(leaf))
            .build()
            .toByteArray();
    byte[] chain =
        CertChain.newBuilder()
            .setLeaf(certificate(lower, curve.sign(intermediate.privateKey(), lower, random)))
            .setIntermediate(certificate(upper, curve.sign(root.privateKey(), upper, random)))
            .build()
            .toByteArray();
    return Bytes.wrap(chain);
  }

  private static NoiseCertificate certificate(byte[] details, byte[] signature) {
    return NoiseCertificate.newBuilder()
        .setDetails(ByteString.copyFrom(details))
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }

  /// Makes all nine checks of the chain, over the bytes as received.
  ///
  /// @param serverKey the static key the handshake has shown
  /// @throws HandshakeFailed naming the check that failed
  public static void verify(
      Curve curve, Bytes chain, PublicKey serverKey, PublicKey root, Instant now)
      throws HandshakeFailed {
    CertChain certificates = parse(chain);
    NoiseCertificate leaf = certificates.getLeaf();
    NoiseCertificate intermediate = certificates.getIntermediate();
    check(isComplete(leaf) && isComplete(intermediate), "a certificate is incomplete");
    NoiseCertificate.Details upper = details(intermediate);
    NoiseCertificate.Details lower = details(leaf);
    check(isSigned(curve, root, intermediate), "the root has not signed the intermediate");
    check(upper.getIssuerSerial() == ROOT_SERIAL, "the intermediate's issuer is not the root");
    PublicKey intermediateKey = key(upper);
    check(isSigned(curve, intermediateKey, leaf), "the intermediate has not signed the leaf");
    check(isValid(upper, now), "the intermediate is not valid at this time");
    check(
        lower.getIssuerSerial() == upper.getSerial(), "the leaf's issuer is not the intermediate");
    byte[] leafKey = lower.getKey().toByteArray();
    check(
        Secret.wrap(leafKey).equals(Secret.wrap(serverKey.bytes().toArray())),
        "the leaf is for another key than the server's");
    check(isValid(lower, now), "the leaf is not valid at this time");
  }

  private static CertChain parse(Bytes chain) throws HandshakeFailed {
    try {
      return CertChain.parseFrom(chain.toArray());
    } catch (InvalidProtocolBufferException e) {
      throw new HandshakeFailed("the certificate chain does not parse", e);
    }
  }

  private static NoiseCertificate.Details details(NoiseCertificate certificate)
      throws HandshakeFailed {
    try {
      return NoiseCertificate.Details.parseFrom(certificate.getDetails());
    } catch (InvalidProtocolBufferException e) {
      throw new HandshakeFailed("a certificate's details do not parse", e);
    }
  }

  private static boolean isComplete(NoiseCertificate certificate) {
    return !certificate.getDetails().isEmpty()
        && certificate.getSignature().size() == SIGNATURE_BYTES;
  }

  private static boolean isSigned(Curve curve, PublicKey issuer, NoiseCertificate certificate) {
    return curve.verify(
        issuer, certificate.getDetails().toByteArray(), certificate.getSignature().toByteArray());
  }

  private static PublicKey key(NoiseCertificate.Details details) throws HandshakeFailed {
    try {
      return PublicKey.ofStanzaForm(Bytes.wrap(details.getKey().toByteArray()));
    } catch (InvalidKey e) {
      throw new HandshakeFailed("the intermediate's key has not 32 B", e);
    }
  }

  /// Both bounds included.
  private static boolean isValid(NoiseCertificate.Details details, Instant now) {
    long seconds = now.getEpochSecond();
    return Long.compareUnsigned(details.getNotBefore(), seconds) <= 0
        && Long.compareUnsigned(details.getNotAfter(), seconds) >= 0;
  }

  private static void check(boolean holds, String otherwise) throws HandshakeFailed {
    if (!holds) {
      throw new HandshakeFailed(otherwise);
    }
  }
}
