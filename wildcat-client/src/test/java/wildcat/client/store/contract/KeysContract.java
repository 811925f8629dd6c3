package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.BOB_LID;
import static wildcat.client.store.contract.Samples.address;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wildcat.client.store.AccountStore.PreKeyStock;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.DeviceList;
import wildcat.client.store.DeviceList.Device;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// Credentials, ratchets, identities, pre-keys, device lists.
public abstract class KeysContract extends StoreContract {
  private static final RatchetAddress BOBS_PHONE = address(BOB, 0);
  private static final RatchetAddress BOBS_DESKTOP = address(BOB, 12);

  protected KeysContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void aNewAccountHoldsNothing() throws Exception {
    assertThat(sales.account()).isEqualTo(SALES);
    assertThat(sales.credentials()).isEmpty();
    assertThat(sales.ratchet(BOBS_PHONE)).isEmpty();
    assertThat(sales.identity(BOBS_PHONE)).isEmpty();
    assertThat(sales.preKey(1)).isEmpty();
    assertThat(sales.preKeyStock()).isEqualTo(new PreKeyStock(1, 0));
    assertThat(sales.preKeysToUpload(10)).isEmpty();
    assertThat(sales.devices(BOB)).isEmpty();
  }

  @Test
  void credentialsComeBackAsTheyWere() throws Exception {
    Credentials credentials =
        samples
            .credentials()
            .withLink(samples.link())
            .withPushName("Ünï ☺")
            .withRoutingInfo(Bytes.ofHex("08020512"));
    commit(new Change.CreateCredentials(credentials));

    assertThat(present(sales.credentials())).isEqualTo(credentials);
  }

  @Test
  void credentialsAreCreatedOnce() throws Exception {
    Credentials first = samples.credentials();
    commit(new Change.CreateCredentials(first));

    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() -> commit(new Change.CreateCredentials(samples.credentials())));
    assertThat(present(sales.credentials())).isEqualTo(first);
  }

  @Test
  void credentialsThatWereNeverCreatedCannotBeUpdated() throws Exception {
    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() -> commit(new Change.UpdateCredentials(samples.credentials())));
    assertThat(sales.credentials()).isEmpty();
  }

  @Test
  void credentialsAreReplacedAsAWhole() throws Exception {
    Credentials first = samples.credentials();
    commit(new Change.CreateCredentials(first));
    commit(new Change.UpdateCredentials(first.withLink(samples.link())));
    Credentials last = first.withPushName("Alice");
    commit(new Change.UpdateCredentials(last));

    assertThat(present(sales.credentials())).isEqualTo(last);
  }

  @Test
  void aRatchetIsFoundUnderItsDeviceOnly() throws Exception {
    RatchetRecord phone = samples.ratchet();
    RatchetRecord desktop = samples.ratchet();
    commit(new Change.PutRatchet(BOBS_PHONE, phone), new Change.PutRatchet(BOBS_DESKTOP, desktop));

    assertThat(present(sales.ratchet(BOBS_PHONE)).encode()).isEqualTo(phone.encode());
    assertThat(present(sales.ratchet(BOBS_DESKTOP)).encode()).isEqualTo(desktop.encode());
    assertThat(sales.ratchet(address(BOB, 1))).isEmpty();
    assertThat(sales.ratchet(address(BOB_LID, 0))).isEmpty();
    assertThat(store.open(SUPPORT).ratchet(BOBS_PHONE)).isEmpty();
  }

  @Test
  void theLastRatchetOfAUnitCounts() throws Exception {
    RatchetRecord last = samples.ratchet();
    commit(
        new Change.PutRatchet(BOBS_PHONE, samples.ratchet()),
        new Change.PutRatchet(BOBS_PHONE, last));

    assertThat(present(sales.ratchet(BOBS_PHONE)).encode()).isEqualTo(last.encode());
  }

  @Test
  void aRemovedRatchetIsGone() throws Exception {
    commit(new Change.PutRatchet(BOBS_PHONE, samples.ratchet()));
    commit(new Change.RemoveRatchet(BOBS_PHONE), new Change.RemoveRatchet(BOBS_DESKTOP));

    assertThat(sales.ratchet(BOBS_PHONE)).isEmpty();
  }

  @Test
  void aFailedUnitLeavesTheRatchetAsItWas() throws Exception {
    RatchetRecord before = samples.ratchet();
    commit(new Change.PutRatchet(BOBS_PHONE, before));

    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() ->
            commit(
                new Change.PutRatchet(BOBS_PHONE, samples.ratchet()),
                new Change.RemoveRatchet(BOBS_PHONE),
                new Change.PutIdentity(BOBS_PHONE, samples.keys().publicKey()),
                new Change.UpdateCredentials(samples.credentials())));
    assertThat(present(sales.ratchet(BOBS_PHONE)).encode()).isEqualTo(before.encode());
    assertThat(sales.identity(BOBS_PHONE)).isEmpty();
  }

  @Test
  void identitiesAreReplacedAndRemoved() throws Exception {
    PublicKey second = samples.keys().publicKey();
    commit(new Change.PutIdentity(BOBS_PHONE, samples.keys().publicKey()));
    commit(new Change.PutIdentity(BOBS_PHONE, second));
    assertThat(sales.identity(BOBS_PHONE)).contains(second);

    commit(new Change.RemoveIdentity(BOBS_PHONE));
    assertThat(sales.identity(BOBS_PHONE)).isEmpty();
  }

  @Test
  void theKeysOfAUserAreForgottenInOneFormOnly() throws Exception {
    RatchetRecord kept = samples.ratchet();
    PublicKey identity = samples.keys().publicKey();
    commit(
        new Change.PutRatchet(BOBS_PHONE, samples.ratchet()),
        new Change.PutRatchet(BOBS_DESKTOP, samples.ratchet()),
        new Change.PutIdentity(BOBS_DESKTOP, identity),
        new Change.PutRatchet(address(BOB_LID, 0), kept),
        new Change.PutIdentity(address(Samples.ALICE, 0), identity));
    commit(new Change.RemoveKeysOf(BOB));

    assertThat(sales.ratchet(BOBS_PHONE)).isEmpty();
    assertThat(sales.ratchet(BOBS_DESKTOP)).isEmpty();
    assertThat(sales.identity(BOBS_DESKTOP)).isEmpty();
    assertThat(present(sales.ratchet(address(BOB_LID, 0))).encode()).isEqualTo(kept.encode());
    assertThat(sales.identity(address(Samples.ALICE, 0))).contains(identity);
  }

  @Test
  void preKeysAreUploadedUsedAndCounted() throws Exception {
    List<PreKey> keys = IntStream.rangeClosed(1, 5).mapToObj(samples::preKey).toList();
    commit(new Change.AddPreKeys(keys));
    assertThat(sales.preKeysToUpload(3)).isEqualTo(keys.subList(0, 3));
    assertThat(sales.preKeyStock()).isEqualTo(new PreKeyStock(6, 0));

    commit(new Change.MarkPreKeysUploaded(List.of(1, 2, 3, 99)));
    assertThat(sales.preKeysToUpload(10)).isEqualTo(keys.subList(3, 5));
    assertThat(sales.preKeyStock()).isEqualTo(new PreKeyStock(6, 3));

    commit(new Change.RemovePreKey(2), new Change.RemovePreKey(77));
    assertThat(sales.preKey(1)).contains(keys.getFirst());
    assertThat(sales.preKey(2)).isEmpty();
    assertThat(sales.preKeyStock()).isEqualTo(new PreKeyStock(6, 2));
  }

  @Test
  void anExistingPreKeyIsNeverReplacedAndNoneOfItsUnitIsAdded() throws Exception {
    PreKey first = samples.preKey(7);
    commit(new Change.AddPreKeys(List.of(first)));

    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(
            () -> commit(new Change.AddPreKeys(List.of(samples.preKey(6), samples.preKey(7)))));
    assertThat(sales.preKey(6)).isEmpty();
    assertThat(sales.preKey(7)).contains(first);
    assertThat(sales.preKeyStock()).isEqualTo(new PreKeyStock(8, 0));
  }

  @Test
  void preKeyIdsWrapAndAreNotReusedBeforeThat() throws Exception {
    commit(new Change.AddPreKeys(List.of(samples.preKey(PreKey.MAX_ID - 1))));
    commit(new Change.RemovePreKey(PreKey.MAX_ID - 1));
    assertThat(sales.preKeyStock().nextId()).isEqualTo(PreKey.MAX_ID);

    commit(new Change.AddPreKeys(List.of(samples.preKey(PreKey.MAX_ID))));
    assertThat(sales.preKeyStock().nextId()).isEqualTo(1);
  }

  @Test
  void deviceListsAreReplacedAndForgotten() throws Exception {
    var list =
        new DeviceList(
            BOB,
            List.of(new Device(0, 0, false), new Device(12, 3, false), new Device(99, 4, true)),
            Instant.ofEpochMilli(1_767_300_000_123L));
    commit(
        new Change.PutDevices(new DeviceList(BOB, List.of(), Instant.EPOCH)),
        new Change.PutDevices(list));
    assertThat(sales.devices(BOB)).contains(list);

    commit(new Change.RemoveDevices(BOB));
    assertThat(sales.devices(BOB)).isEmpty();
  }

  @Test
  void quarantinedKeysAreOutOfTheWayAndMessagesStay() throws Exception {
    commit(
        new Change.CreateCredentials(samples.credentials()),
        new Change.PutRatchet(BOBS_PHONE, samples.ratchet()),
        new Change.PutIdentity(BOBS_PHONE, samples.keys().publicKey()),
        new Change.AddPreKeys(List.of(samples.preKey(1), samples.preKey(2))),
        new Change.PutDevices(new DeviceList(BOB, List.of(), Instant.EPOCH)),
        new Change.AddMessage(Samples.received(BOB, "A1", 0)));
    commit(new Change.QuarantineKeys(clock.instant()));

    assertThat(sales.credentials()).isEmpty();
    assertThat(sales.ratchet(BOBS_PHONE)).isEmpty();
    assertThat(sales.identity(BOBS_PHONE)).isEmpty();
    assertThat(sales.preKey(1)).isEmpty();
    assertThat(sales.devices(BOB)).isEmpty();
    assertThat(sales.message(BOB, Samples.id("A1"))).isPresent();
    // ids go on: a message to an old key must not find a new one
    assertThat(sales.preKeyStock()).isEqualTo(new PreKeyStock(3, 0));

    Credentials next = samples.credentials();
    commit(
        new Change.CreateCredentials(next),
        new Change.PutRatchet(BOBS_PHONE, samples.ratchet()),
        new Change.QuarantineKeys(clock.instant()));
    commit(new Change.CreateCredentials(next));
    assertThat(sales.credentials()).contains(next);
  }
}
