package wildcat.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import wildcat.proto.CertChain;
import wildcat.proto.CertChain.NoiseCertificate;
import wildcat.proto.CertChain.NoiseCertificate.Details;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;

/// One test a check; the chain of another implementation is verified in [NoiseHandshakeTest].
class ServerCertificatesTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Curve CURVE = Curve.standard();
  private static final KeyPair ROOT = CURVE.generate(RANDOM);
  private static final KeyPair INTERMEDIATE = CURVE.generate(RANDOM);
  private static final KeyPair SERVER = CURVE.generate(RANDOM);
  private static final Instant FROM = Instant.ofEpochSecond(1_000);
  private static final Instant UNTIL = Instant.ofEpochSecond(2_000);

  private UnaryOperator<Details.Builder> upper = UnaryOperator.identity();
  private UnaryOperator<Details.Builder> lower = UnaryOperator.identity();
  private KeyPair upperSigner = ROOT;
  private KeyPair lowerSigner = INTERMEDIATE;

  private static NoiseCertificate signed(Details.Builder details, KeyPair signer) {
    byte[] bytes = details.build().toByteArray();
    return NoiseCertificate.newBuilder()
        .setDetails(ByteString.copyFrom(bytes))
        .setSignature(ByteString.copyFrom(CURVE.sign(signer.privateKey(), bytes, RANDOM)))
        .build();
  }

  private CertChain.Builder chain() {
    var top =
        Details.newBuilder()
            .setSerial(9)
            .setIssuerSerial(0)
            .setKey(HandshakeMessages.bytes(INTERMEDIATE.publicKey()))
            .setNotBefore(1_000)
            .setNotAfter(2_000);
    var leaf =
        Details.newBuilder()
            .setSerial(10)
            .setIssuerSerial(9)
            .setKey(HandshakeMessages.bytes(SERVER.publicKey()))
            .setNotBefore(1_000)
            .setNotAfter(2_000);
    return CertChain.newBuilder()
        .setIntermediate(signed(upper.apply(top), upperSigner))
        .setLeaf(signed(lower.apply(leaf), lowerSigner));
  }

  private static void verify(CertChain.Builder chain, Instant now) throws HandshakeFailed {
    ServerCertificates.verify(
        CURVE, Bytes.wrap(chain.build().toByteArray()), SERVER.publicKey(), ROOT.publicKey(), now);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> verify(chain(), FROM))
        .isInstanceOf(HandshakeFailed.class)
        .hasMessage(message);
  }

  @Test
  void aGoodChainHoldsFromItsFirstSecondToItsLast() {
    assertThatCode(() -> verify(chain(), FROM)).doesNotThrowAnyException();
    assertThatCode(() -> verify(chain(), UNTIL)).doesNotThrowAnyException();
  }

  @Test
  void check1DetailsAndSignaturesArePresent() {
    CertChain.Builder noLeaf = chain().clearLeaf();
    CertChain.Builder shortSignature = chain();
    shortSignature.getIntermediateBuilder().setSignature(ByteString.copyFrom(new byte[63]));
    assertThatThrownBy(() -> verify(noLeaf, FROM)).hasMessage("a certificate is incomplete");
    assertThatThrownBy(() -> verify(shortSignature, FROM))
        .hasMessage("a certificate is incomplete");
  }

  @Test
  void check2TheRootSignsTheIntermediate() {
    upperSigner = SERVER;
    assertRefused("the root has not signed the intermediate");
  }

  @Test
  void check3TheIntermediateNamesTheRoot() {
    upper = details -> details.setIssuerSerial(1);
    assertRefused("the intermediate's issuer is not the root");
  }

  @Test
  void check4TheIntermediatesKeyHas32Bytes() {
    upper = details -> details.setKey(ByteString.copyFrom(new byte[33]));
    assertRefused("the intermediate's key has not 32 B");
  }

  @Test
  void check5TheIntermediateSignsTheLeaf() {
    lowerSigner = ROOT;
    assertRefused("the intermediate has not signed the leaf");
  }

  @Test
  void check6TheIntermediateIsValidNow() {
    upper = details -> details.setNotBefore(1_001);
    assertRefused("the intermediate is not valid at this time");
    upper = details -> details.setNotAfter(999);
    assertRefused("the intermediate is not valid at this time");
  }

  @Test
  void check7TheLeafNamesTheIntermediate() {
    lower = details -> details.setIssuerSerial(8);
    assertRefused("the leaf's issuer is not the intermediate");
  }

  @Test
  void check8TheLeafIsForTheServersKey() {
    lower = details -> details.setKey(HandshakeMessages.bytes(ROOT.publicKey()));
    assertRefused("the leaf is for another key than the server's");
  }

  @Test
  void check9TheLeafIsValidNow() {
    lower = details -> details.setNotBefore(1_001);
    assertRefused("the leaf is not valid at this time");
    lower = details -> details.setNotAfter(999);
    assertRefused("the leaf is not valid at this time");
  }

  @Test
  void anIssuedChainSaysItsIssuerEvenWhereThatIsTheDefault() throws Exception {
    Bytes issued = ServerCertificates.issue(CURVE, ROOT, SERVER.publicKey(), FROM, UNTIL);

    var details = CertChain.parseFrom(issued.toArray()).getIntermediate().getDetails();
    assertThat(Details.parseFrom(details).hasIssuerSerial()).isTrue();
    ServerCertificates.verify(CURVE, issued, SERVER.publicKey(), ROOT.publicKey(), FROM);
  }
}
