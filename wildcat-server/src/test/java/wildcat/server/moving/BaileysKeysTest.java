package wildcat.server.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.AccountStore.PreKeyStock;
import wildcat.client.store.Credentials;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.proto.ADVSignedDeviceIdentity;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.server.webhook.EventJournal;

/// A whole account of Baileys becomes one of ours.
class BaileysKeysTest {
  private static final Curve CURVE = Curve.standard();
  private static final Jid BOB_LID = Jid.lid("100000000000002");

  private final ObjectNode state = FormerState.baileys();

  private AccountStore stored() throws Exception {
    var store =
        new InMemoryStore(
            new EventJournal(new java.util.Random(1)), java.time.InstantSource.system());
    AccountStore account = store.open(new AccountId("moved"));
    account.commit(read().work());
    return account;
  }

  private BaileysKeys.Read read() throws Unusable {
    return BaileysKeys.read(FormerState.of(state), CURVE);
  }

  @Test
  void theDeviceStaysTheSame() throws Exception {
    Credentials credentials = stored().credentials().orElseThrow();
    Credentials.Link link = credentials.linked().orElseThrow();

    assertThat(link.pn()).isEqualTo(Jid.pn("15550000001").withDevice(7));
    assertThat(link.lid()).isEqualTo(Jid.lid("100000000000001").withDevice(7));
    assertThat(link.platform()).isEqualTo("android");
    assertThat(credentials.pushName()).isEqualTo("Ann");
    assertThat(credentials.routingInfo()).isEqualTo(Bytes.ofHex("08020512"));
    assertThat(credentials.registrationId())
        .isEqualTo(state.at("/creds/registrationId").intValue());
    assertThat(credentials.advSecret().expose())
        .isEqualTo(base64(state.at("/creds/advSecretKey").textValue()));
    assertThat(credentials.noiseKey().publicKey().bytes().toArray())
        .isEqualTo(base64(state.at("/creds/noiseKey/public/data").textValue()));
    assertThat(credentials.identity().publicKey().bytes().toArray())
        .isEqualTo(base64(state.at("/creds/signedIdentityKey/public/data").textValue()));
    assertThat(credentials.signedPreKey().id()).isEqualTo(1);
    var identity = ADVSignedDeviceIdentity.parseFrom(link.deviceIdentity().toArray());
    for (String part :
        Stream.of("details", "accountSignatureKey", "accountSignature", "deviceSignature")
            .toList()) {
      byte[] expected = base64(state.at("/creds/account/" + part).textValue());
      byte[] actual =
          switch (part) {
            case "details" -> identity.getDetails().toByteArray();
            case "accountSignatureKey" -> identity.getAccountSignatureKey().toByteArray();
            case "accountSignature" -> identity.getAccountSignature().toByteArray();
            default -> identity.getDeviceSignature().toByteArray();
          };
      assertThat(actual).as(part).isEqualTo(expected);
    }
  }

  @Test
  void preKeysKeepTheirNumbersAndNoneIsGivenTwice() throws Exception {
    AccountStore account = stored();

    assertThat(account.preKey(1).orElseThrow().keys().publicKey().bytes().toArray())
        .isEqualTo(base64(state.at("/pre-key-1/public/data").textValue()));
    assertThat(account.preKey(3)).isEmpty();
    assertThat(account.preKey(7)).isEmpty();
    assertThat(account.preKeyStock()).isEqualTo(new PreKeyStock(8, 4));
    assertThat(account.preKeysToUpload(10)).isEmpty();
  }

  @Test
  void preKeysThatWereNotUploadedAreUploadedByUs() throws Exception {
    ((ObjectNode) state.path("creds")).put("firstUnuploadedPreKeyId", 4);

    assertThat(stored().preKeysToUpload(10)).extracting(PreKey::id).containsExactly(4, 5);
  }

  @Test
  void ratchetsAreFoundUnderTheLidWhereItIsKnown() throws Exception {
    AccountStore account = stored();

    assertThat(account.lidOf(Jid.pn("15550000002"))).contains(BOB_LID);
    assertThat(registrationId(account, BOB_LID)).isEqualTo(1001);
    assertThat(registrationId(account, Jid.pn("15550000003").withDevice(12))).isEqualTo(1002);
    assertThat(registrationId(account, Jid.lid("100000000000004"))).isEqualTo(1003);
    assertThat(registrationId(account, new Jid(BOB_LID.user(), 0, 99, Jid.HOSTED_LID_SERVER)))
        .isEqualTo(1004);
    assertThat(account.ratchet(new RatchetAddress(Jid.pn("15550000002")))).isEmpty();
    assertThat(account.lidOf(Jid.pn("15550000001"))).contains(Jid.lid("100000000000001"));
  }

  private static int registrationId(AccountStore account, Jid device) throws Exception {
    var address = new RatchetAddress(device);
    var record = account.ratchet(address).orElseThrow();
    assertThat(account.identity(address)).contains(record.remoteIdentity());
    return record.remoteRegistrationId();
  }

  @Test
  void whatWildcat2HasSpreadOverFieldsIsPutTogetherAgain() throws Exception {
    state.properties().forEach(entry -> entry.setValue(FormerState.spread(entry.getValue())));

    assertThat(stored().lidOf(Jid.pn("15550000002"))).contains(BOB_LID);
    assertThat(read().leftOut()).isEmpty();
  }

  @Test
  void aMappingWithTheTailOfAnOlderOneIsNotBelieved() throws Exception {
    ObjectNode mapping = FormerState.spread(state.path("lid-mapping-15550000002"));
    mapping.put("15", "9");
    state.set("lid-mapping-15550000002", mapping);

    AccountStore account = stored();
    assertThat(account.lidOf(Jid.pn("15550000002"))).isEmpty();
    assertThat(registrationId(account, Jid.pn("15550000002"))).isEqualTo(1001);
    assertThat(read().leftOut()).hasSize(1);
  }

  @Test
  void whatIsDamagedIsLeftOutAndTheRestGoesOn() throws Exception {
    state.put("session-15550000002.0", "nonsense");
    ((ObjectNode) state.at("/session-15550000003.12")).putObject("_sessions").putObject("x");
    ((ObjectNode) state.path("pre-key-4")).remove("private");
    state.putObject("identity-key-100000000000004_1.0");

    BaileysKeys.Read read = read();
    assertThat(read.ratchets()).isEqualTo(2);
    assertThat(read.preKeys()).isEqualTo(3);
    assertThat(read.leftOut()).hasSize(3).noneMatch(reason -> reason.contains("1555"));
    assertThat(registrationId(stored(), Jid.lid("100000000000004"))).isEqualTo(1003);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "noiseKey",
        "signedIdentityKey",
        "signedPreKey",
        "registrationId",
        "advSecretKey",
        "me",
        "account",
        "nextPreKeyId"
      })
  void credentialsMustBeWhole(String part) {
    ((ObjectNode) state.path("creds")).remove(part);

    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(this::read)
        .withMessageContaining(part.equals("account") ? "account" : part);
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }
}
