package wildcat.server.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wildcat.api.Json;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;

/// Sessions that libsignal-node (the library of Baileys 7) has made go on here: what we send next is, byte for
/// byte, what that library would have sent, and what its peer had sent meanwhile is read.
///
/// The vectors are made by `interop/baileys/tools/sessions.mjs`.
class BaileysSessionTest {
  private static final Curve CURVE = Curve.standard();

  /// Nobody needs a pre-key of ours: all sessions are set up.
  private static final PreKeySource<RuntimeException> NO_PRE_KEYS =
      new PreKeySource<>() {
        @Override
        public Optional<PreKey> oneTime(int id) {
          return Optional.empty();
        }

        @Override
        public Optional<SignedPreKey> signed(int id) {
          return Optional.empty();
        }
      };

  private final Ratchet ratchet = new Ratchet(CURVE, new Random(1));

  record Vector(JsonNode json) {
    LocalIdentity local() throws Unusable {
      return new LocalIdentity(
          new Field("identity", json.path("identity")).keys(CURVE, "private", "public"),
          json.path("registrationId").intValue());
    }

    RatchetRecord record() throws Unusable {
      return BaileysSession.record(new Field("session", json.path("record")), CURVE).orElseThrow();
    }

    Iterator<JsonNode> messages(String direction) {
      return json.path(direction).elements();
    }

    @Override
    public String toString() {
      return json.path("name").textValue();
    }
  }

  static Stream<Vector> vectors() {
    try (var in = BaileysSessionTest.class.getResourceAsStream("libsignal-node-sessions.json")) {
      JsonNode vectors = Json.shared().readTree(in).path("vectors");
      return vectors.valueStream().map(Vector::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreVectorsOfEveryState() {
    assertThat(vectors()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatWeSendNextIsWhatTheOtherLibraryWouldHaveSent(Vector vector) throws Exception {
    RatchetRecord record = vector.record();
    for (Iterator<JsonNode> expected = vector.messages("outgoing"); expected.hasNext(); ) {
      JsonNode message = expected.next();
      Ratchet.Sealed sealed =
          ratchet.encrypt(record, vector.local(), message.path("text").textValue().getBytes(UTF_8));
      assertThat(sealed.kind().wireName()).isEqualTo(message.path("type").textValue());
      assertThat(base64(sealed.message().toArray())).isEqualTo(message.path("message").textValue());
      record = sealed.next();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatThePeerHasSentMeanwhileIsReadAndOnlyOnce(Vector vector) throws Exception {
    RatchetRecord record = vector.record();
    for (Iterator<JsonNode> incoming = vector.messages("incoming"); incoming.hasNext(); ) {
      JsonNode message = incoming.next();
      Ratchet.Opened opened = open(record, vector, message);
      assertThat(opened.plaintext().utf8()).isEqualTo(message.path("text").textValue());
      record = RatchetRecord.decode(opened.next().encode());
      RatchetRecord after = record;
      assertThatExceptionOfType(CannotDecrypt.class).isThrownBy(() -> open(after, vector, message));
    }
  }

  private Ratchet.Opened open(RatchetRecord record, Vector vector, JsonNode message)
      throws CannotDecrypt, Unusable {
    byte[] bytes = Base64.getDecoder().decode(message.path("message").textValue());
    return message.path("type").textValue().equals("pkmsg")
        ? ratchet.decryptPreKey(Optional.of(record), vector.local(), NO_PRE_KEYS, bytes)
        : ratchet.decrypt(record, vector.local(), bytes);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void thePeerIsKnownByItsKeyAndNumber(Vector vector) throws Exception {
    RatchetRecord record = vector.record();

    assertThat(base64(record.remoteIdentity().signalForm()))
        .isEqualTo(vector.json().path("remoteIdentity").textValue());
    assertThat(record.remoteRegistrationId())
        .isEqualTo(vector.json().path("remoteRegistrationId").intValue());
  }

  @Test
  void aRecordWithoutSessionsIsNone() throws Exception {
    JsonNode empty = Json.shared().readTree("{\"_sessions\":{},\"version\":\"v1\"}");
    assertThat(BaileysSession.record(new Field("session", empty), CURVE)).isEmpty();
  }

  @Test
  void aDamagedKeyIsRefusedWithItsPlaceAndWithoutItsValue() {
    ObjectNode record = vectors().toList().getLast().json().path("record").deepCopy();
    ObjectNode session = (ObjectNode) record.path("_sessions").elements().next();
    ((ObjectNode) session.path("currentRatchet")).put("rootKey", "c2VjcmV0");

    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> BaileysSession.record(new Field("session", record), CURVE))
        .withMessageContaining("rootKey")
        .withMessageNotContaining("c2VjcmV0");
  }

  @Test
  void halvesOfAKeyThatDoNotBelongTogetherAreRefused() {
    List<Vector> all = vectors().toList();
    ObjectNode record = all.getFirst().json().path("record").deepCopy();
    JsonNode other = all.get(2).json().path("record").path("_sessions").elements().next();
    ObjectNode session = (ObjectNode) record.path("_sessions").elements().next();
    ((ObjectNode) session.path("currentRatchet").path("ephemeralKeyPair"))
        .set("privKey", other.path("currentRatchet").path("ephemeralKeyPair").path("privKey"));

    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> BaileysSession.record(new Field("session", record), CURVE))
        .withMessageContaining("do not belong together");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;
}
