package wildcat.client.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.SignedPreKey;

/// Who this device is. Created once, before linking; replaced as a whole when something in it changes.
///
/// @param noiseKey the long-lived key of the handshake, which authenticates the device
/// @param identity the Signal identity
/// @param registrationId any 32-bit value, unsigned
/// @param signedPreKeys the newest last; old ones are kept so that late messages still open
/// @param advSecret 32 bytes, shown in the QR code
/// @param linked absent until a phone has accepted the device
/// @param pushName what we call ourselves; "" when unknown
/// @param routingInfo the server's hint for the next connection; may be empty
public record Credentials(
    KeyPair noiseKey,
    KeyPair identity,
    int registrationId,
    List<SignedPreKey> signedPreKeys,
    Secret advSecret,
    Optional<Link> linked,
    String pushName,
    Bytes routingInfo) {

  public Credentials {
    signedPreKeys = List.copyOf(signedPreKeys);
    if (signedPreKeys.isEmpty()) {
      throw new IllegalArgumentException("credentials need a signed pre-key");
    }
  }

  /// What the phone and the server gave the device when it was linked.
  ///
  /// @param pn our number with the device's number
  /// @param lid our hidden identity with the same device number
  /// @param deviceIdentity ADVSignedDeviceIdentity with all four fields
  /// @param accountKey identity key of the phone
  /// @param platform of the phone, for example `android`
  public record Link(
      Jid pn,
      Jid lid,
      Bytes deviceIdentity,
      PublicKey accountKey,
      String platform,
      String businessName) {}

  public LocalIdentity localIdentity() {
    return new LocalIdentity(identity, registrationId);
  }

  public SignedPreKey signedPreKey() {
    return signedPreKeys.getLast();
  }

  public Credentials withLink(Link link) {
    return new Credentials(
        noiseKey,
        identity,
        registrationId,
        signedPreKeys,
        advSecret,
        Optional.of(link),
        pushName,
        routingInfo);
  }

  public Credentials withPushName(String name) {
    return new Credentials(
        noiseKey, identity, registrationId, signedPreKeys, advSecret, linked, name, routingInfo);
  }

  public Credentials withRoutingInfo(Bytes info) {
    return new Credentials(
        noiseKey, identity, registrationId, signedPreKeys, advSecret, linked, pushName, info);
  }

  public Credentials withAdvSecret(Secret secret) {
    return new Credentials(
        noiseKey, identity, registrationId, signedPreKeys, secret, linked, pushName, routingInfo);
  }

  public Credentials withSignedPreKey(SignedPreKey next) {
    var keys = new ArrayList<>(signedPreKeys);
    keys.add(next);
    return new Credentials(
        noiseKey, identity, registrationId, keys, advSecret, linked, pushName, routingInfo);
  }

  @Override
  public String toString() {
    return "credentials (" + (linked.isPresent() ? "linked" : "not linked") + ")";
  }
}
