package wildcat.protocol.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.CannotDecrypt.Reason;
import wildcat.protocol.ratchet.Ratchet.Kind;
import wildcat.protocol.ratchet.Ratchet.Sealed;

class RatchetTest {
  private final Party a = new Party(1);
  private final Party b = new Party(2);

  /// A pair that has talked, for what needs no set-up.
  private Party c;

  private Party d;

  @BeforeEach
  void acquaint() throws Exception {
    Party[] pair = Party.acquainted(3);
    c = pair[0];
    d = pair[1];
  }

  @Test
  void aConversationGoesBothWays() throws Exception {
    a.initiate(b.bundle());
    assertThat(b.receive(a.send("one"))).isEqualTo("one");
    assertThat(b.receive(a.send("two"))).isEqualTo("two");
    for (int i = 0; i < 20; i++) {
      assertThat(a.receive(b.send("b" + i))).isEqualTo("b" + i);
      assertThat(a.receive(b.send("again"))).isEqualTo("again");
      assertThat(b.receive(a.send("a" + i))).isEqualTo("a" + i);
    }
  }

  @Test
  void aBundleWithoutOneTimeKeyWillDo() throws Exception {
    a.initiate(b.bundleWithoutOneTime());
    Sealed first = a.send("one");
    assertThat(first.message().at(1)).isEqualTo((byte) 0x12); // begins with field 2: no pre-key id
    Ratchet.Opened opened = b.open(first.kind(), first.message().toArray());
    assertThat(opened.plaintext().utf8()).isEqualTo("one");
    assertThat(opened.usedPreKey()).isEmpty();
  }

  @Test
  void aBundleWhoseSignatureDoesNotHoldIsRefused() {
    PreKeyBundle good = b.bundle();
    byte[] signature = good.signed().signature().toArray();
    signature[10] ^= 1;
    assertRefused(good, new PreKeyBundle.Signed(1, good.signed().key(), Bytes.wrap(signature)));
    assertRefused(good, new PreKeyBundle.Signed(1, good.signed().key(), Bytes.empty()));
    assertRefused(
        good, new PreKeyBundle.Signed(1, a.local.keys().publicKey(), good.signed().signature()));
  }

  private void assertRefused(PreKeyBundle good, PreKeyBundle.Signed signed) {
    var bundle = new PreKeyBundle(good.registrationId(), good.identity(), signed, good.oneTime());
    assertThatThrownBy(() -> a.initiate(bundle)).isInstanceOf(InvalidKey.class);
    assertThat(a.record).isEmpty();
  }

  @Test
  void aBundleWithAKeyOfLowOrderIsRefused() {
    PreKeyBundle good = b.bundle();
    var zero = new PublicKey(Bytes.wrap(new byte[32]));
    var bundle =
        new PreKeyBundle(
            good.registrationId(),
            good.identity(),
            good.signed(),
            Optional.of(new PreKeyBundle.OneTime(1, zero)));
    assertThatThrownBy(() -> a.initiate(bundle)).isInstanceOf(InvalidKey.class);
  }

  @Test
  void theEnvelopeIsRepeatedUntilThePeerHasAnswered() throws Exception {
    a.initiate(b.bundle());
    Sealed first = a.send("one");
    Sealed second = a.send("two");
    assertThat(List.of(first.kind(), second.kind()))
        .containsExactly(Kind.PRE_KEY_MESSAGE, Kind.PRE_KEY_MESSAGE);
    b.receive(first);
    b.receive(second);
    assertThat(a.record.orElseThrow().isUnacknowledged()).isTrue();
    a.receive(b.send("answer"));
    assertThat(a.record.orElseThrow().isUnacknowledged()).isFalse();
    assertThat(a.send("three").kind()).isEqualTo(Kind.MESSAGE);
  }

  @Test
  void aRepeatedEnvelopeUsesTheStateThereIs() throws Exception {
    a.initiate(b.bundle());
    b.receive(a.send("one"));
    assertThat(b.oneTime).isEmpty(); // a second agreement would fail
    Sealed second = a.send("two");
    Ratchet.Opened opened = b.open(second.kind(), second.message().toArray());
    assertThat(opened.usedPreKey()).isEmpty();
    assertThat(opened.next().states()).hasSize(1);
    assertThat(b.receive(second)).isEqualTo("two");
  }

  @Test
  void envelopesMayOvertakeEachOther() throws Exception {
    a.initiate(b.bundle());
    Sealed first = a.send("one");
    Sealed second = a.send("two");
    assertThat(b.receive(second)).isEqualTo("two");
    assertThat(b.receive(first)).isEqualTo("one");
  }

  @Test
  void aMessageForAPreKeyThatIsGoneNamesIt() throws Exception {
    a.initiate(b.bundle());
    Sealed first = a.send("one");
    b.oneTime.clear();
    assertFails(Reason.UNKNOWN_PRE_KEY, () -> b.receive(first));
    a.initiate(b.bundleWithoutOneTime());
    Sealed second = a.send("two");
    b.signed.clear();
    assertFails(Reason.UNKNOWN_PRE_KEY, () -> b.receive(second));
    assertThat(b.record).isEmpty();
  }

  @Test
  void anUnreadablePreKeyIsPassedOnAsTheSourcesFailure() throws Exception {
    a.initiate(b.bundle());
    Sealed first = a.send("one");
    var failing =
        new PreKeySource<java.io.IOException>() {
          @Override
          public Optional<PreKey> oneTime(int id) throws java.io.IOException {
            throw new java.io.IOException("disk");
          }

          @Override
          public Optional<SignedPreKey> signed(int id) {
            return b.signed(id);
          }
        };
    assertThatThrownBy(() ->
            b.ratchet.decryptPreKey(Optional.empty(), b.local, failing, first.message().toArray()))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void whatWasReadBeforeIsADuplicate() throws Exception {
    Sealed message = c.send("one");
    d.receive(message);
    assertFails(Reason.DUPLICATE, () -> d.receive(message));
    c.receive(d.send("turn"));
    d.receive(c.send("turn"));
    assertFails(Reason.DUPLICATE, () -> d.receive(message));
    a.initiate(b.bundle());
    Sealed envelope = a.send("one");
    b.receive(envelope);
    assertFails(Reason.DUPLICATE, () -> b.receive(envelope));
  }

  @Test
  void messagesMayArriveInAnyOrder() throws Exception {
    List<Sealed> messages = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int turn = 0; turn < 4; turn++) {
      for (int i = 0; i < 10; i++) {
        texts.add("text " + turn + "." + i);
        messages.add(c.send(texts.getLast()));
      }
      d.receive(messages.getLast());
      messages.removeLast();
      texts.removeLast();
      c.receive(d.send("turn"));
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(4));
    for (int i : order) {
      assertThat(d.receive(messages.get(i))).isEqualTo(texts.get(i));
    }
    for (Sealed message : messages) {
      assertFails(Reason.DUPLICATE, () -> d.receive(message));
    }
  }

  @Test
  void twoWhoInitiateAtOnceUnderstandEachOther() throws Exception {
    a.initiate(b.bundle());
    b.initiate(a.bundle());
    Sealed fromA = a.send("from a");
    Sealed fromB = b.send("from b");
    assertThat(b.receive(fromA)).isEqualTo("from a");
    assertThat(a.receive(fromB)).isEqualTo("from b");
    // now each has the other's set-up as its current state
    for (int i = 0; i < 5; i++) {
      assertThat(b.receive(a.send("a" + i))).isEqualTo("a" + i);
      assertThat(a.receive(b.send("b" + i))).isEqualTo("b" + i);
    }
    assertThat(a.record.orElseThrow().baseKey()).isEqualTo(b.record.orElseThrow().baseKey());
  }

  @Test
  void anArchivedStateThatReadsAMessageBecomesCurrent() throws Exception {
    PublicKey firstBase = c.record.orElseThrow().baseKey();
    Sealed old = d.send("old state");
    c.initiate(d.bundle());
    assertThat(c.record.orElseThrow().baseKey()).isNotEqualTo(firstBase);
    assertThat(c.receive(old)).isEqualTo("old state");
    assertThat(c.record.orElseThrow().baseKey()).isEqualTo(firstBase);
    assertThat(c.record.orElseThrow().states()).hasSize(2);
  }

  @Test
  void aNewSetUpKeepsFortyStatesInTheArchive() throws Exception {
    List<Sealed> unread = new ArrayList<>();
    for (int i = 0; i <= 41; i++) {
      a.initiate(b.bundle());
      b.receive(a.send("set-up"));
      unread.add(a.send("text " + i));
    }
    assertThat(b.record.orElseThrow().states()).hasSize(41);
    // the oldest has fallen out, and its pre-key is used up
    assertFails(Reason.UNKNOWN_PRE_KEY, () -> b.receive(unread.get(0)));
    assertThat(b.receive(unread.get(1))).isEqualTo("text 1");
  }

  @Test
  void aRefusedMessageChangesNothing() throws Exception {
    Sealed message = c.send("text");
    Bytes before = d.record.orElseThrow().encode();
    for (int bit = 0; bit < 8 * message.message().length(); bit++) {
      byte[] flipped = message.message().toArray();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThatThrownBy(() -> d.receive(Kind.MESSAGE, flipped)).isInstanceOf(CannotDecrypt.class);
    }
    assertThat(d.record.orElseThrow().encode()).isEqualTo(before);
    assertThat(d.receive(message)).isEqualTo("text");
  }

  @Test
  void aStepThatIsNotCommittedCanBeRepeated() throws Exception {
    Bytes before = d.record.orElseThrow().encode();
    c.receive(d.send("turn"));
    d.record = Optional.of(RatchetRecord.decode(before));
    c.send("lost");
    Sealed message = c.send("text");
    for (int i = 0; i < 3; i++) {
      assertThat(d.open(message.kind(), message.message().toArray()).plaintext().utf8())
          .isEqualTo("text");
      assertThat(d.record.orElseThrow().encode()).isEqualTo(before);
    }
  }

  @Test
  void theMacOfTheWrongIdentityIsRefused() throws Exception {
    Sealed message = c.send("text");
    var other = new LocalIdentity(a.local.keys(), d.local.registrationId());
    assertFails(
        Reason.BAD_MAC,
        () -> d.ratchet.decrypt(d.record.orElseThrow(), other, message.message().toArray()));
  }

  @Test
  void onlyTheHighNibbleOfTheVersionCounts() {
    for (int version = 0; version < 256; version++) {
      byte[] message = c.send("text").message().toArray();
      message[0] = (byte) version;
      // the MAC covers the version, so that another low nibble gets as far as the MAC
      Reason expected = version >> 4 == 3 ? Reason.BAD_MAC : Reason.MALFORMED;
      if (version != 0x33) {
        assertFails(expected, () -> d.receive(Kind.MESSAGE, message));
        assertFails(
            version >> 4 == 3 ? Reason.MALFORMED : expected,
            () -> d.receive(Kind.PRE_KEY_MESSAGE, message));
      }
    }
  }

  @Test
  void theMacIsCheckedOverTheBytesThatCame() throws Exception {
    // the same fields as another encoder may write them: out of order, a long zero, one unknown
    RatchetState state = c.record.orElseThrow().current();
    var crypto = new RatchetCrypto();
    RatchetCrypto.MessageKeys keys = crypto.messageKeys(crypto.seed(state.sending().chainKey()));
    byte[] ciphertext = crypto.encrypt(keys, Bytes.ofUtf8("odd").toArray());
    byte[] key = state.sending().ratchetKey().publicKey().signalForm();
    var out = new java.io.ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x31, 0x22, (byte) ciphertext.length});
    out.writeBytes(ciphertext);
    out.writeBytes(new byte[] {0x10, (byte) (0x80 | state.sending().counter()), 0});
    out.writeBytes(new byte[] {0x7a, 2, 9, 9, 0x0a, (byte) key.length});
    out.writeBytes(key);
    out.writeBytes(new byte[RatchetCrypto.MAC_BYTES]);
    byte[] message = out.toByteArray();
    crypto.authenticate(keys, c.local.keys().publicKey(), d.local.keys().publicKey(), message);
    assertThat(d.receive(Kind.MESSAGE, message)).isEqualTo("odd");
  }

  @Test
  void anAbsurdPreviousCounterIsIgnored() throws Exception {
    // go.mau.fi/libsignal sends 2^32 - 1 in its first reply
    RatchetState state = c.record.orElseThrow().current();
    var crypto = new RatchetCrypto();
    RatchetCrypto.MessageKeys keys = crypto.messageKeys(crypto.seed(state.sending().chainKey()));
    SendingChain sending = state.sending();
    byte[] message =
        SignalMessage.unauthenticated(
            new SendingChain(sending.ratchetKey(), sending.chainKey(), sending.counter(), -1),
            crypto.encrypt(keys, Bytes.ofUtf8("first reply").toArray()));
    crypto.authenticate(keys, c.local.keys().publicKey(), d.local.keys().publicKey(), message);
    assertThat(d.receive(Kind.MESSAGE, message)).isEqualTo("first reply");
  }

  @Test
  void aRatchetKeyOfLowOrderIsInvalid() {
    byte[] message = c.send("text").message().toArray();
    Arrays.fill(message, 4, 36, (byte) 0);
    assertFails(Reason.INVALID_KEY, () -> d.receive(Kind.MESSAGE, message));
  }

  @Test
  void aRatchetKeyOfAnotherTypeIsInvalid() {
    byte[] message = c.send("text").message().toArray();
    message[3] = 6;
    assertFails(Reason.INVALID_KEY, () -> d.receive(Kind.MESSAGE, message));
  }

  private static void assertFails(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CannotDecrypt.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
