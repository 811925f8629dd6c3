package wildcat.client.store.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.store.Credentials;
import wildcat.client.store.Credentials.Link;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.SignedPreKey;

/// The stored form of [Credentials]. It contains secrets: seal it.
///
/// | Field | Content |
/// |---|---|
/// | 1, 2 | noise key, identity: private (1), public (2) |
/// | 3 | registration id |
/// | 4, repeated | signed pre-key: id (1), keys (2), signature (3) |
/// | 5 | ADV secret |
/// | 6 | link: pn (1), lid (2), device identity (3), account key (4), platform (5), business name (6) |
/// | 7, 8 | push name, routing info |
public final class CredentialsCodec {
  private static final int VERSION = 1;

  private CredentialsCodec() {}

  public static Bytes encode(Credentials credentials) {
    var writer =
        new FieldWriter()
            .keys(1, credentials.noiseKey())
            .keys(2, credentials.identity())
            .number(3, credentials.registrationId());
    for (SignedPreKey key : credentials.signedPreKeys()) {
      writer.group(
          4, inner -> inner.number(1, key.id()).keys(2, key.keys()).bytes(3, key.signature()));
    }
    writer.secret(5, credentials.advSecret());
    credentials.linked().ifPresent(link -> writer.group(6, inner -> encode(link, inner)));
    return writer
        .text(7, credentials.pushName())
        .bytes(8, credentials.routingInfo())
        .record(VERSION);
  }

  private static void encode(Link link, FieldWriter writer) {
    writer
        .jid(1, link.pn())
        .jid(2, link.lid())
        .bytes(3, link.deviceIdentity())
        .bytes(4, link.accountKey().bytes())
        .text(5, link.platform())
        .text(6, link.businessName());
  }

  /// @throws StoreFailed.Unreadable damaged, or of a newer version
  public static Credentials decode(Bytes stored) throws StoreFailed.Unreadable {
    try {
      Fields fields = Fields.of("credentials", VERSION, stored);
      Optional<Bytes> link = fields.optional(6);
      return new Credentials(
          fields.keys(1),
          fields.keys(2),
          fields.integer(3),
          signedPreKeys(fields),
          fields.secret(5),
          link.isPresent() ? Optional.of(link(fields.inner(link.get()))) : Optional.empty(),
          fields.text(7),
          fields.bytes(8));
    } catch (IllegalArgumentException e) {
      throw new StoreFailed.Unreadable("stored credentials: a value out of its range", e);
    }
  }

  private static List<SignedPreKey> signedPreKeys(Fields fields) throws StoreFailed.Unreadable {
    var keys = new ArrayList<SignedPreKey>();
    for (Bytes group : fields.all(4)) {
      Fields key = fields.inner(group);
      keys.add(new SignedPreKey(key.integer(1), key.keys(2), key.required(3)));
    }
    return keys;
  }

  private static Link link(Fields fields) throws StoreFailed.Unreadable {
    return new Link(
        fields.jid(1),
        fields.jid(2),
        fields.bytes(3),
        new PublicKey(fields.required(4)),
        fields.text(5),
        fields.text(6));
  }
}
