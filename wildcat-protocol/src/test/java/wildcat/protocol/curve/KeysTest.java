package wildcat.protocol.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;

class KeysTest {
  private static final String KEY =
      "7d34a4815fa6b982535e60af3bd9b49556816080f1641ff81d2b7c8ae8268a44";

  @Test
  void aKeyHasAFormForStanzasAndOneForSignal() throws InvalidKey {
    PublicKey key = PublicKey.ofStanzaForm(Bytes.ofHex(KEY));
    assertThat(Bytes.wrap(key.signalForm()).hex()).isEqualTo("05" + KEY);
    assertThat(PublicKey.ofSignalForm(Bytes.ofHex("05" + KEY))).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "05", KEY, "06" + KEY, "05" + KEY + "00"})
  void nothingElseIsAKeyInSignalForm(String hex) {
    assertThatThrownBy(() -> PublicKey.ofSignalForm(Bytes.ofHex(hex)))
        .isInstanceOf(InvalidKey.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "05" + KEY, "00"})
  void nothingElseIsAKeyInStanzaForm(String hex) {
    assertThatThrownBy(() -> PublicKey.ofStanzaForm(Bytes.ofHex(hex)))
        .isInstanceOf(InvalidKey.class);
  }

  @Test
  void aPairPrintsNoSecret() {
    KeyPair pair = Curve.standard().pairOf(Secret.wrap(new byte[32]));
    assertThat(pair.toString()).contains("secret of 32 B").doesNotContain("00000000");
  }
}
