package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.ALICE;
import static wildcat.client.store.contract.Samples.ALICE_LID;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.BOB_LID;
import static wildcat.client.store.contract.Samples.address;
import static wildcat.client.store.contract.Samples.id;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import wildcat.client.event.ChatMessage;
import wildcat.client.store.Change;
import wildcat.client.store.DeviceList;
import wildcat.client.store.DeviceList.Device;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// Which lid belongs to which number, and what moves when that becomes known.
public abstract class LidContract extends StoreContract {
  private static final Change MAP_BOB = new Change.MapLid(BOB, BOB_LID);

  protected LidContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void aMappingIsKnownFromBothSides() throws Exception {
    commit(MAP_BOB, MAP_BOB);

    assertThat(sales.lidOf(BOB)).contains(BOB_LID);
    assertThat(sales.pnOf(BOB_LID)).contains(BOB);
    assertThat(sales.lidOf(ALICE)).isEmpty();
    assertThat(store.open(SUPPORT).lidOf(BOB)).isEmpty();
  }

  @Test
  void aNewMappingReplacesWhatWasKnownOfEitherSide() throws Exception {
    commit(MAP_BOB, new Change.MapLid(ALICE, ALICE_LID));
    commit(new Change.MapLid(BOB, ALICE_LID));

    assertThat(sales.lidOf(BOB)).contains(ALICE_LID);
    assertThat(sales.pnOf(ALICE_LID)).contains(BOB);
    assertThat(sales.pnOf(BOB_LID)).isEmpty();
    assertThat(sales.lidOf(ALICE)).isEmpty();
  }

  @Test
  void keysMoveToTheLid() throws Exception {
    RatchetRecord ratchet = samples.ratchet();
    PublicKey identity = samples.keys().publicKey();
    commit(
        new Change.PutRatchet(address(BOB, 12), ratchet),
        new Change.PutIdentity(address(BOB, 12), identity));
    commit(MAP_BOB);

    assertThat(sales.ratchet(address(BOB, 12))).isEmpty();
    assertThat(sales.identity(address(BOB, 12))).isEmpty();
    assertThat(present(sales.ratchet(address(BOB_LID, 12))).encode()).isEqualTo(ratchet.encode());
    assertThat(sales.identity(address(BOB_LID, 12))).contains(identity);
  }

  @Test
  void aHostedDeviceMovesToTheHostedLid() throws Exception {
    RatchetRecord ratchet = samples.ratchet();
    var hosted = new RatchetAddress(new Jid(BOB.user(), 0, 99, Jid.HOSTED_SERVER));
    commit(new Change.PutRatchet(hosted, ratchet));
    commit(MAP_BOB);

    var moved = new RatchetAddress(new Jid(BOB_LID.user(), 0, 99, Jid.HOSTED_LID_SERVER));
    assertThat(sales.ratchet(hosted)).isEmpty();
    assertThat(present(sales.ratchet(moved)).encode()).isEqualTo(ratchet.encode());
  }

  @Test
  void whatExistsUnderTheLidWins() throws Exception {
    RatchetRecord underLid = samples.ratchet();
    PublicKey identityUnderLid = samples.keys().publicKey();
    var listUnderLid =
        new DeviceList(BOB_LID, List.of(new Device(0, 0, false)), Instant.ofEpochMilli(2));
    commit(
        new Change.PutRatchet(address(BOB, 0), samples.ratchet()),
        new Change.PutRatchet(address(BOB_LID, 0), underLid),
        new Change.PutIdentity(address(BOB, 0), samples.keys().publicKey()),
        new Change.PutIdentity(address(BOB_LID, 0), identityUnderLid),
        new Change.PutDevices(new DeviceList(BOB, List.of(), Instant.ofEpochMilli(1))),
        new Change.PutDevices(listUnderLid));
    commit(MAP_BOB);

    assertThat(present(sales.ratchet(address(BOB_LID, 0))).encode()).isEqualTo(underLid.encode());
    assertThat(sales.identity(address(BOB_LID, 0))).contains(identityUnderLid);
    assertThat(sales.devices(BOB_LID)).contains(listUnderLid);
    assertThat(sales.ratchet(address(BOB, 0))).isEmpty();
    assertThat(sales.identity(address(BOB, 0))).isEmpty();
    assertThat(sales.devices(BOB)).isEmpty();
  }

  @Test
  void aDeviceListMovesToTheLid() throws Exception {
    var list = new DeviceList(BOB, List.of(new Device(12, 3, false)), Instant.ofEpochMilli(1));
    commit(new Change.PutDevices(list));
    commit(MAP_BOB);

    assertThat(sales.devices(BOB)).isEmpty();
    assertThat(sales.devices(BOB_LID)).contains(list.of(BOB_LID));
  }

  @Test
  void theKeysOfOthersStayWhereTheyAre() throws Exception {
    RatchetRecord ratchet = samples.ratchet();
    Jid longer = Jid.pn(BOB.user() + "0");
    commit(
        new Change.PutRatchet(address(longer, 0), ratchet),
        new Change.PutRatchet(address(ALICE, 0), ratchet),
        MAP_BOB);

    assertThat(sales.ratchet(address(longer, 0))).isPresent();
    assertThat(sales.ratchet(address(ALICE, 0))).isPresent();
    assertThat(sales.ratchet(address(BOB_LID, 0))).isEmpty();
  }

  @Test
  void aRatchetPutUnderTheLidByTheSameUnitWins() throws Exception {
    RatchetRecord next = samples.ratchet();
    commit(new Change.PutRatchet(address(BOB, 0), samples.ratchet()));
    commit(MAP_BOB, new Change.PutRatchet(address(BOB_LID, 0), next));

    assertThat(present(sales.ratchet(address(BOB_LID, 0))).encode()).isEqualTo(next.encode());
    assertThat(sales.ratchet(address(BOB, 0))).isEmpty();
  }

  @Test
  void theChatOfTheLidBecomesTheChatOfTheNumber() throws Exception {
    commit(
        new Change.AddMessage(Samples.received(BOB_LID, "A1", 0)),
        new Change.AddMessage(Samples.sent(BOB_LID, "A2", 1)),
        new Change.AddMessage(Samples.received(BOB, "A3", 2)),
        new Change.AddMessage(Samples.received(ALICE_LID, "A4", 3)));
    commit(MAP_BOB);

    assertThat(store.messages().find(MessageQuery.all(10, 0).of(SALES).in(BOB)))
        .extracting(stored -> stored.message().id().value())
        .containsExactly("A3", "A2", "A1");
    ChatMessage moved = present(sales.message(BOB, id("A1")));
    assertThat(moved.sender()).isEqualTo(BOB);
    assertThat(moved.text()).isEqualTo("text of A1");
    assertThat(present(sales.message(BOB, id("A2"))).sender()).isEqualTo(ALICE);
    assertThat(sales.message(BOB_LID, id("A1"))).isEmpty();
    assertThat(sales.message(ALICE_LID, id("A4"))).isPresent();
    assertThat(store.messages().chats(SALES, 10, 0))
        .extracting(chat -> chat.chat() + " " + chat.messageCount())
        .containsExactly(ALICE_LID + " 1", BOB + " 3");
  }

  @Test
  void aMessageThatIsInBothChatsStaysOnce() throws Exception {
    commit(
        new Change.AddMessage(Samples.received(BOB_LID, "A1", 0)),
        new Change.AddMessage(Samples.received(BOB, "A1", 5)));
    commit(MAP_BOB);

    assertThat(store.messages().find(MessageQuery.all(10, 0)))
        .extracting(stored -> stored.message())
        .containsExactly(Samples.received(BOB, "A1", 5));
  }

  @Test
  void aMessageRedeliveredAfterTheMappingIsNotStoredAgain() throws Exception {
    commit(new Change.AddMessage(Samples.received(BOB_LID, "A1", 0)));
    commit(MAP_BOB);
    commit(new Change.AddMessage(Samples.received(BOB, "A1", 0)));

    assertThat(store.messages().count(MessageQuery.all(10, 0))).isEqualTo(1);
  }

  @Test
  void aFailedUnitMovesNothing() throws Exception {
    commit(
        new Change.PutRatchet(address(BOB, 0), samples.ratchet()),
        new Change.AddMessage(Samples.received(BOB_LID, "A1", 0)));
    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() -> commit(MAP_BOB, new Change.UpdateCredentials(samples.credentials())));

    assertThat(sales.ratchet(address(BOB, 0))).isPresent();
    assertThat(sales.ratchet(address(BOB_LID, 0))).isEmpty();
    assertThat(sales.lidOf(BOB)).isEmpty();
    assertThat(sales.message(BOB_LID, id("A1"))).isPresent();
  }
}
