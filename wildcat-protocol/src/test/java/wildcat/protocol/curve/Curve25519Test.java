package wildcat.protocol.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;

class Curve25519Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final Curve CURVE = Curve.standard();

  // libsignal, rust/core/src/curve/curve25519.rs, test_signature (also in signal-protocol-java)
  private static final String SIGNAL_IDENTITY =
      "ab7e717d4a163b7d9a1d8071dfe9dcf8cdcd1cea3339b6356be84d887e322c64";
  private static final byte[] SIGNAL_MESSAGE =
      HEX.parseHex("05edce9d9c415ca78cb7252e72c2c4a554d3eb29485a0e1d503118d1a82d99fb4a");
  private static final byte[] SIGNAL_SIGNATURE =
      HEX.parseHex(
          "5de88ca9a89b4a115da79109c67c9c7464a3e4180274f1cb8c63c2984e286dfb"
              + "ede82deb9dcd9fae0bfbb821569b3d9001bd8130cd11d486cef047bd60b86e88");

  @ParameterizedTest
  @CsvSource({
    // RFC 7748, 5.2, two vectors; the second has the top bit of u set, which is ignored
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
        + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
        + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
        + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
        + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    // RFC 7748, 6.1, both sides
    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a,"
        + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f,"
        + "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a,"
        + "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
    // libsignal, test_agreement, both sides
    "c806439dc9d2c476ffed8f2580c0888d58ab406bf7ae3698879021b96bb4bf59,"
        + "653614993d2b15ee9e5fd3d86ce719ef4ec1daae1886a87b3f5fa9565a27a22f,"
        + "325f239328941ced6e673b86ba41017448e99b649a9c3806c1dd7ca4c477e629",
    "b03b34c33a1c44f225b662d2bf4859b8135411fa7b0386d45fb75dc5b91b4466,"
        + "1bb75966f2e93a3691dfff942bb2a466a1c08b8d78ca3f4d6df8b8bfa2e4ee28,"
        + "325f239328941ced6e673b86ba41017448e99b649a9c3806c1dd7ca4c477e629",
  })
  void agreesAsPublished(String privateKey, String publicKey, String shared) throws InvalidKey {
    assertThat(HEX.formatHex(CURVE.agree(secret(privateKey), key(publicKey)))).isEqualTo(shared);
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 7748, 6.1
    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a,"
        + "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
  })
  void derivesThePublicKeyAsPublished(String privateKey, String publicKey) {
    assertThat(CURVE.pairOf(secret(privateKey)).publicKey()).isEqualTo(key(publicKey));
  }

  @Test
  void iteratesAsPublished() throws InvalidKey {
    // RFC 7748, 5.2: k, u := X25519(k, u), k
    String nine = "09" + "00".repeat(31);
    var k = HEX.parseHex(nine);
    var u = HEX.parseHex(nine);
    for (int i = 1; i <= 1000; i++) {
      byte[] next = CURVE.agree(Secret.copyOf(k), new PublicKey(Bytes.copyOf(u)));
      u = k;
      k = next;
      if (i == 1) {
        assertThat(HEX.formatHex(k))
            .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
      }
    }
    assertThat(HEX.formatHex(k))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @Test
  void thePublicKeyIsTheAgreementWithTheBasePoint() throws InvalidKey {
    PublicKey base = key("09" + "00".repeat(31));
    var random = new Random(1);
    for (int i = 0; i < 500; i++) {
      KeyPair pair = CURVE.generate(random);
      assertThat(pair.publicKey().bytes().toArray())
          .isEqualTo(CURVE.agree(pair.privateKey(), base));
    }
  }

  @Test
  void aGeneratedPrivateKeyIsClamped() {
    byte[] scalar = CURVE.generate(new Random(2)).privateKey().expose();
    assertThat(scalar[0] & 7).isZero();
    assertThat(scalar[31] & 0xc0).isEqualTo(0x40);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      })
  void aPointOfLowOrderNeitherAgreesNorVerifies(String u) {
    assertThatThrownBy(() -> CURVE.agree(CURVE.generate(new Random(3)).privateKey(), key(u)))
        .isInstanceOf(InvalidKey.class);
    for (int last : new int[] {0, 0x80}) {
      var signature = new byte[64];
      signature[0] = 1; // R = neutral element, s = 0: what a key of low order would let pass
      signature[63] = (byte) last;
      for (int i = 0; i < 16; i++) {
        assertThat(CURVE.verify(key(u), new byte[] {(byte) i}, signature)).isFalse();
      }
    }
  }

  @Test
  void signalsSignatureHolds() {
    assertThat(CURVE.verify(key(SIGNAL_IDENTITY), SIGNAL_MESSAGE, SIGNAL_SIGNATURE)).isTrue();
  }

  @Test
  void noBitOfSignalsSignatureOrItsKeyMayChange() {
    for (int bit = 0; bit < 512; bit++) {
      byte[] flipped = SIGNAL_SIGNATURE.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThat(CURVE.verify(key(SIGNAL_IDENTITY), SIGNAL_MESSAGE, flipped)).isFalse();
    }
    for (int bit = 0; bit < 256; bit++) {
      byte[] flipped = HEX.parseHex(SIGNAL_IDENTITY);
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      var other = new PublicKey(Bytes.wrap(flipped));
      assertThat(CURVE.verify(other, SIGNAL_MESSAGE, SIGNAL_SIGNATURE)).isFalse();
    }
  }

  @Test
  void aSignatureOfAnotherLengthDoesNotHold() {
    for (int length = 0; length < 70; length++) {
      if (length != 64) {
        byte[] cut = Arrays.copyOf(SIGNAL_SIGNATURE, length);
        assertThat(CURVE.verify(key(SIGNAL_IDENTITY), SIGNAL_MESSAGE, cut)).isFalse();
      }
    }
  }

  @Test
  void aSignatureWhoseScalarIsNotBelowTheOrderDoesNotHold() {
    // s + L proves the same, but would make two signatures of one
    var s = BigInteger.ZERO;
    for (int i = 63; i >= 32; i--) {
      int b = SIGNAL_SIGNATURE[i] & (i == 63 ? 0x7f : 0xff);
      s = s.shiftLeft(8).add(BigInteger.valueOf(b));
    }
    s =
        s.add(BigInteger.TWO.pow(252))
            .add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] malleated = SIGNAL_SIGNATURE.clone();
    for (int i = 32; i < 64; i++) {
      malleated[i] = s.shiftRight(8 * (i - 32)).byteValue();
    }
    malleated[63] |= (byte) (SIGNAL_SIGNATURE[63] & 0x80);
    assertThat(s.bitLength()).isLessThan(256);
    assertThat(CURVE.verify(key(SIGNAL_IDENTITY), SIGNAL_MESSAGE, malleated)).isFalse();
  }

  @Test
  void whatIsSignedVerifiesUnderThatKeyOnly() {
    var random = new Random(4);
    int signBits = 0;
    for (int i = 0; i < 200; i++) {
      KeyPair signer = CURVE.generate(random);
      var message = new byte[random.nextInt(100)];
      random.nextBytes(message);
      byte[] signature = CURVE.sign(signer.privateKey(), message, random);
      signBits += signature[63] < 0 ? 1 : 0;
      assertThat(CURVE.verify(signer.publicKey(), message, signature)).isTrue();
      assertThat(CURVE.verify(CURVE.generate(random).publicKey(), message, signature)).isFalse();
    }
    assertThat(signBits).isBetween(50, 150); // keys of either sign occur
  }

  @Test
  void signaturesOfTheSameMessageDiffer() {
    var random = new Random(5);
    KeyPair signer = CURVE.generate(random);
    byte[] message = {1, 2, 3};
    assertThat(CURVE.sign(signer.privateKey(), message, random))
        .isNotEqualTo(CURVE.sign(signer.privateKey(), message, random));
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 8032, 7.1: TEST 1, 2, 3; TEST 1024 is among the vectors of Wycheproof
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void ed25519VerifiesAsPublished(String key, String message, String signature) {
    assertThat(Ed25519.verify(HEX.parseHex(key), HEX.parseHex(message), HEX.parseHex(signature)))
        .isTrue();
    assertThat(
            Ed25519.verify(
                HEX.parseHex(key), HEX.parseHex(message + "00"), HEX.parseHex(signature)))
        .isFalse();
  }

  private static Secret secret(String hex) {
    return Secret.wrap(HEX.parseHex(hex));
  }

  private static PublicKey key(String hex) {
    return new PublicKey(Bytes.ofHex(hex));
  }
}
