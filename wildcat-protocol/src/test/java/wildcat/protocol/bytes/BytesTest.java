package wildcat.protocol.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void equalContentIsEqual() {
    assertThat(Bytes.ofHex("0aff")).isEqualTo(Bytes.copyOf(new byte[] {10, -1}));
    assertThat(Bytes.ofHex("0aff")).hasSameHashCodeAs(Bytes.wrap(new byte[] {10, -1}));
    assertThat(Bytes.ofHex("0aff")).isNotEqualTo(Bytes.ofHex("0afe"));
    assertThat(Bytes.ofHex("")).isSameAs(Bytes.empty());
  }

  @Test
  void aCopyIsUntouchedByItsSource() {
    byte[] source = {1, 2};
    Bytes copy = Bytes.copyOf(source);
    source[0] = 9;
    copy.toArray()[1] = 9;
    assertThat(copy).isEqualTo(Bytes.ofHex("0102"));
  }

  @Test
  void slicesAreCutWithinBounds() {
    Bytes bytes = Bytes.ofHex("01020304");
    assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.ofHex("0203"));
    assertThat(bytes.slice(4, 4)).isEqualTo(Bytes.empty());
    assertThatThrownBy(() -> bytes.slice(3, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void bytesAreCopiedToAnOffset() {
    var target = new byte[4];
    Bytes.ofHex("0102").copyInto(target, 2);
    assertThat(target).containsExactly(0, 0, 1, 2);
    assertThatThrownBy(() -> Bytes.ofHex("0102").copyInto(target, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void textIsUtf8AndBadUtf8IsReplaced() {
    assertThat(Bytes.ofUtf8("é").hex()).isEqualTo("c3a9");
    assertThat(Bytes.ofHex("41ff").utf8()).isEqualTo("A\uFFFD");
  }

  @Test
  void neitherBytesNorSecretsPrintTheirContent() {
    assertThat(Bytes.ofHex("0102")).hasToString("2 B");
    assertThat(Secret.copyOf(new byte[] {1, 2})).hasToString("secret of 2 B");
  }

  @Test
  void secretsCompareByContentAndAreCopied() {
    byte[] source = {1, 2};
    Secret secret = Secret.copyOf(source);
    source[0] = 9;
    secret.expose()[1] = 9;
    assertThat(secret).isEqualTo(Secret.wrap(new byte[] {1, 2}));
    assertThat(secret).hasSameHashCodeAs(Secret.wrap(new byte[] {1, 2}));
    assertThat(secret).isNotEqualTo(Secret.wrap(new byte[] {1, 3}));
    assertThat(secret).isNotEqualTo(Secret.wrap(new byte[] {1}));
  }
}
