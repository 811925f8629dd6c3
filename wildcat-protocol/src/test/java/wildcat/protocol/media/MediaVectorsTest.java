package wildcat.protocol.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import wildcat.proto.MediaRetryNotification;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;

/// Files and requests written by Baileys 7.0.0-rc14 (`encryptedStream`, `encryptMediaRetryRequest`); the
/// sidecars were computed with Node's crypto module from Baileys' files, as whatsapp-rust's upload.rs
/// defines them.
class MediaVectorsTest {
  private record Vector(
      MediaType type,
      Bytes plain,
      String key,
      String plainSha256,
      String fileSha256,
      int fileBytes,
      String sidecar) {}

  private static final Vector EMPTY =
      new Vector(
          MediaType.DOCUMENT,
          Bytes.empty(),
          "65f92b9df8b625efb2b349702e43ea1b720645e27197fa92a0e9d001966e537f",
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "f7fcf755353dbc02e9064edc606dac57d23337bca6507495a909b476597eae09",
          26,
          "1d40303bd8ff762f727b");
  private static final Vector WORD =
      new Vector(
          MediaType.IMAGE,
          Bytes.ofUtf8("Wildcat"),
          "c04fa64c377981e8ba09e9598863d95cc56ecd1c8b2288e5837a9972b9054030",
          "3ef9c4e6d352b7e6f9c9439e9fd08368f8d876e9871953d3f205a1700ee2e004",
          "ad2e1039e19138b0d42d3437df6d1e42596a4f016ecab2f76e367b4ec5c4c5ef",
          26,
          "29c4a652c9c30f927e95");
  private static final String WORD_FILE = "6e0298275c142934a2fbec83f052c5f195de7c431118179553d3";
  private static final Vector ONE_BLOCK =
      new Vector(
          MediaType.AUDIO,
          Bytes.ofUtf8("0123456789abcdef"),
          "592ac50b974ff032ec85e424ddd76ccf0b1c3083a451afc65ec41776e0a229fb",
          "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f",
          "ac6f9001b07e868f442f0a9cfbae8f2867554b6b29b897973286e3739e690722",
          42,
          "04d7c3595580a3d53c04");
  private static final Vector MANY_PIECES =
      new Vector(
          MediaType.VIDEO,
          Bytes.wrap(counting(150_000)),
          "9cf09e5ab35d91d9fb6cb913c5403e503392f10681f9cbbe94e3897dbc65a7fb",
          "7ae5150bf2db6df0ce31ec90f8ddb1d573655d01f2bf53990967a2123e9fdaa6",
          "be19c2349ba54514c4159a9ce312044007343b5e32bb73b973df7d2b1b4abba3",
          150_026,
          "94f5f2e02ab77c863d595501dc1552725ecd93c261dc132ee8b7b3a28431");
  private static final Vector SHORT_LAST_WINDOW =
      new Vector(
          MediaType.AUDIO,
          Bytes.wrap(fives(131_058)),
          "d2e881f4ae1a3f01d8cd1b6c7ca7d83a6e86954742581b48c49ddbf65ddce873",
          "d10a380e45cd81eca50d9fe1922d8df68dbb09c9d7a9c71fc687bdef82c3efdf",
          "de450725424f18299c45723e1401b64f33fa5d8c59b682444547f31e496ad538",
          131_082,
          "35b38ddf8475b697c7615bf40b065ef007e56aae5fc7a7f13c305af49482");

  private static byte[] counting(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7L % 251);
    }
    return bytes;
  }

  private static byte[] fives(int length) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) 5);
    return bytes;
  }

  @Test
  void encryptsToTheBytesOfBaileys() throws IOException {
    for (Vector v : List.of(EMPTY, WORD, ONE_BLOCK, MANY_PIECES, SHORT_LAST_WINDOW)) {
      var file = new ByteArrayOutputStream();
      var sealed =
          MediaEncryption.encrypt(
              key(v), v.type(), new ByteArrayInputStream(v.plain().toArray()), file);
      assertThat(sealed.plainSha256().hex()).isEqualTo(v.plainSha256());
      assertThat(sealed.fileSha256().hex()).isEqualTo(v.fileSha256());
      assertThat(sealed.plainBytes()).isEqualTo(v.plain().length());
      assertThat(sealed.fileBytes()).isEqualTo(v.fileBytes()).isEqualTo(file.size());
      assertThat(sealed.sidecar().hex()).isEqualTo(v.sidecar());
    }
    assertThat(HexFormat.of().formatHex(file(WORD))).isEqualTo(WORD_FILE);
  }

  @Test
  void decryptsWhatBaileysHasWritten() throws Exception {
    var plain = new ByteArrayOutputStream();
    var opened =
        MediaDecryption.decrypt(
            expected(WORD, 26),
            new ByteArrayInputStream(HexFormat.of().parseHex(WORD_FILE)),
            plain);
    assertThat(plain.toString(StandardCharsets.UTF_8)).isEqualTo("Wildcat");
    assertThat(opened.plainSha256().hex()).isEqualTo(WORD.plainSha256());
  }

  @Test
  void everyLengthAroundAPieceComesBack() throws Exception {
    for (int length = 2 * MediaEncryption.PIECE_BYTES - 40;
        length < 2 * MediaEncryption.PIECE_BYTES + 40;
        length++) {
      byte[] content = counting(length);
      var file = new ByteArrayOutputStream();
      var key = Secret.wrap(new byte[32]);
      MediaEncryption.encrypt(key, MediaType.DOCUMENT, new ByteArrayInputStream(content), file);
      var plain = new ByteArrayOutputStream();
      var expected =
          new MediaDecryption.Expected(
              key, MediaType.DOCUMENT, Optional.empty(), Optional.empty(), file.size());
      var opened =
          MediaDecryption.decrypt(expected, new ByteArrayInputStream(file.toByteArray()), plain);
      assertThat(plain.toByteArray()).isEqualTo(content);
      assertThat(opened.plainBytes()).isEqualTo(length);
    }
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    byte[] file = file(MANY_PIECES);
    byte[] cut = Arrays.copyOf(file, file.length - 1);
    assertDamaged(cut, expected(MANY_PIECES, file.length), MediaDamaged.Reason.WRONG_FILE_HASH);
    assertDamaged(cut, unhashed(MANY_PIECES), MediaDamaged.Reason.WRONG_MAC);
    byte[] flipped = file.clone();
    flipped[70_000] ^= 1;
    assertDamaged(flipped, unhashed(MANY_PIECES), MediaDamaged.Reason.WRONG_MAC);
    assertDamaged(file, expected(MANY_PIECES, file.length - 1), MediaDamaged.Reason.TOO_LONG);
    assertDamaged(new byte[25], unhashed(MANY_PIECES), MediaDamaged.Reason.TOO_SHORT);
    assertDamaged(new byte[0], unhashed(MANY_PIECES), MediaDamaged.Reason.TOO_SHORT);
    var other =
        new MediaDecryption.Expected(
            key(MANY_PIECES),
            MANY_PIECES.type(),
            Optional.of(Bytes.ofHex(WORD.plainSha256())),
            Optional.empty(),
            file.length);
    assertDamaged(file, other, MediaDamaged.Reason.WRONG_CONTENT_HASH);
  }

  @Test
  void aFileOfAnotherTypeDoesNotOpen() throws IOException {
    var expected =
        new MediaDecryption.Expected(
            key(WORD), MediaType.VIDEO, Optional.empty(), Optional.empty(), 100);
    assertDamaged(file(WORD), expected, MediaDamaged.Reason.WRONG_MAC);
  }

  @Test
  void readsTheRetryRequestOfBaileys() {
    var secret =
        Secret.wrap(
            new byte[] {
              7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
              7, 7, 7
            });
    var cipher = new MediaRetryCipher(secret, "3EB0A1B2C3");
    Bytes iv = Bytes.ofHex("76c376896bd28e3d387c7d85");
    Bytes request = Bytes.ofHex("7f723b3f9c31e1bc46a66d204cf1d34261d438242def6309cb80b33c");
    assertThat(cipher.request(iv)).isEqualTo(request);
    assertThat(cipher.isRequest(iv, request)).isTrue();
    assertThat(new MediaRetryCipher(secret, "3EB0A1B2C4").isRequest(iv, request)).isFalse();
    var answer = MediaRetryNotification.newBuilder().setDirectPath("/v/new?x=1").build();
    assertThat(cipher.read(iv, cipher.answer(iv, answer))).contains(answer);
    assertThat(cipher.read(iv, request.slice(0, 12))).isEmpty();
    assertThat(cipher.read(Bytes.empty(), request)).isEmpty();
  }

  private static void assertDamaged(
      byte[] file, MediaDecryption.Expected expected, MediaDamaged.Reason reason) {
    assertThatThrownBy(() ->
            MediaDecryption.decrypt(
                expected, new ByteArrayInputStream(file), new ByteArrayOutputStream()))
        .isInstanceOfSatisfying(MediaDamaged.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] file(Vector v) throws IOException {
    var file = new ByteArrayOutputStream();
    MediaEncryption.encrypt(key(v), v.type(), new ByteArrayInputStream(v.plain().toArray()), file);
    return file.toByteArray();
  }

  private static Secret key(Vector v) {
    return Secret.wrap(HexFormat.of().parseHex(v.key()));
  }

  private static MediaDecryption.Expected expected(Vector v, long maxFileBytes) {
    return new MediaDecryption.Expected(
        key(v),
        v.type(),
        Optional.of(Bytes.ofHex(v.plainSha256())),
        Optional.of(Bytes.ofHex(v.fileSha256())),
        maxFileBytes);
  }

  private static MediaDecryption.Expected unhashed(Vector v) {
    return new MediaDecryption.Expected(
        key(v), v.type(), Optional.empty(), Optional.empty(), 1_000_000);
  }
}
