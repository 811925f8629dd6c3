package wildcat.server.moving;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import wildcat.client.store.Credentials;
import wildcat.client.store.Credentials.Link;
import wildcat.proto.ADVSignedDeviceIdentity;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.SignedPreKey;

/// Baileys' `creds` of a linked account as credentials. Source: Baileys Types/Auth.ts, auth-utils.ts,
/// validate-connection.ts.
final class BaileysCredentials {
  private BaileysCredentials() {}

  static Credentials credentials(Field creds, Curve curve) throws Unusable {
    Field signed = creds.at("signedPreKey");
    var identity = creds.at("signedIdentityKey").keys(curve, "private", "public");
    SignedPreKey preKey;
    try {
      preKey =
          new SignedPreKey(
              signed.at("keyId").number(),
              signed.at("keyPair").keys(curve, "private", "public"),
              signed.at("signature").bytes());
    } catch (IllegalArgumentException e) {
      throw new Unusable("creds.signedPreKey: " + e.getMessage(), e);
    }
    if (!curve.verify(
        identity.publicKey(),
        preKey.keys().publicKey().signalForm(),
        preKey.signature().toArray())) {
      throw new Unusable("creds.signedPreKey is not signed by creds.signedIdentityKey");
    }
    return new Credentials(
        creds.at("noiseKey").keys(curve, "private", "public"),
        identity,
        creds.at("registrationId").number(),
        List.of(preKey),
        creds.at("advSecretKey").secret(),
        Optional.of(link(creds)),
        creds.at("me").at("name").optionalText(),
        creds.at("routingInfo").optionalBytes());
  }

  private static Link link(Field creds) throws Unusable {
    Jid pn = jid(creds.at("me").at("id"));
    Field lidField = creds.at("me").at("lid");
    if (!lidField.isThere()) {
      throw new Unusable(
          "creds.me.lid is missing: let Baileys 6.8 or later connect this account once");
    }
    Jid lid = jid(lidField).withDevice(pn.device());
    if (!pn.isPn() || !lid.isLid() || pn.device() == 0) {
      throw new Unusable("creds.me is not a device of a number with a lid");
    }
    Field account = creds.at("account");
    return new Link(
        pn,
        lid,
        Bytes.wrap(
            ADVSignedDeviceIdentity.newBuilder()
                .setDetails(string(account.at("details")))
                .setAccountSignatureKey(string(account.at("accountSignatureKey")))
                .setAccountSignature(string(account.at("accountSignature")))
                .setDeviceSignature(string(account.at("deviceSignature")))
                .build()
                .toByteArray()),
        account.at("accountSignatureKey").publicKey(),
        creds.at("platform").optionalText(),
        "");
  }

  private static Jid jid(Field field) throws Unusable {
    return Jid.parse(field.text()).orElseThrow(() -> new Unusable(field + " is no jid"));
  }

  private static ByteString string(Field field) throws Unusable {
    return ByteString.copyFrom(field.bytes().toArray());
  }
}
