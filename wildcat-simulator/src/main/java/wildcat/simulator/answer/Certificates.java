package wildcat.simulator.answer;

import com.google.protobuf.ByteString;
import wildcat.proto.VerifiedNameCertificate;
import wildcat.protocol.bytes.Bytes;
import wildcat.simulator.world.Profile;

/// Certificates of business names. Unsigned: clients do not verify them.
final class Certificates {
  private Certificates() {}

  static Bytes of(Profile.Business business) {
    ByteString details =
        VerifiedNameCertificate.Details.newBuilder()
            .setSerial(1)
            .setIssuer("smb:wa")
            .setVerifiedName(business.name())
            .build()
            .toByteString();
    return Bytes.wrap(
        VerifiedNameCertificate.newBuilder().setDetails(details).build().toByteArray());
  }
}
