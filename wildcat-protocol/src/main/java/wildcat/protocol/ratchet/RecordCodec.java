package wildcat.protocol.ratchet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The stored form of a record, version 1. Numbers are big-endian, keys have 32 bytes.
///
///     record   version u8 | states u8 | state … | CRC-32C of all before, u32
///     state    flags u8 | remote identity | remote registration id u32 | base key | root key
///              | ratchet private key | ratchet public key | chain key | counter u32 | previous u32
///              | signed pre-key id u32 | one-time pre-key id u32     only with flag 1
///              | chains u8 | chain …
///     chain    ratchet key | chain key | index u32 | skipped u16 | (counter u32, seed) …
///
/// The checksum finds damage, not intent: whoever can write the store can write a record.
final class RecordCodec {
  private static final int VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int CHECKSUM_BYTES = 4;
  private static final int FLAG_UNANSWERED = 1;

  private static final int STATE_BYTES = 1 + 6 * KEY_BYTES + 3 * 4 + 1;
  private static final int UNANSWERED_BYTES = 2 * 4;
  private static final int CHAIN_BYTES = 2 * KEY_BYTES + 4 + 2;
  private static final int SKIPPED_BYTES = 4 + SkippedSeeds.SEED_BYTES;

  private RecordCodec() {}

  static Bytes encode(RatchetRecord record) {
    var out = ByteBuffer.allocate(size(record));
    out.put((byte) VERSION).put((byte) record.states().size());
    for (RatchetState state : record.states()) {
      put(out, state);
    }
    out.putInt(checksum(out.array(), out.position()));
    return Bytes.wrap(out.array());
  }

  static RatchetRecord decode(Bytes encoded) throws UnreadableRecord {
    byte[] bytes = encoded.toArray();
    if (bytes.length < 2 + CHECKSUM_BYTES) {
      throw new UnreadableRecord("a ratchet record of " + bytes.length + " B is cut short");
    }
    int end = bytes.length - CHECKSUM_BYTES;
    if (ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() != checksum(bytes, end)) {
      throw new UnreadableRecord("the checksum of a ratchet record does not match");
    }
    if (bytes[0] != VERSION) {
      throw new UnreadableRecord(
          "a ratchet record has version " + bytes[0] + ", this program reads " + VERSION);
    }
    try {
      return record(ByteBuffer.wrap(bytes, 1, end - 1));
    } catch (BufferUnderflowException e) {
      throw new UnreadableRecord("a ratchet record ends in the middle of a state");
    }
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static int size(RatchetRecord record) {
    int size = 2 + CHECKSUM_BYTES;
    for (RatchetState state : record.states()) {
      size +=
          STATE_BYTES
              + (state.unanswered().isPresent() ? UNANSWERED_BYTES : 0)
              + state.receiving().size() * CHAIN_BYTES
              + state.skipped() * SKIPPED_BYTES;
    }
    return size;
  }

  private static void put(ByteBuffer out, RatchetState state) {
    out.put((byte) (state.unanswered().isPresent() ? FLAG_UNANSWERED : 0));
    put(out, state.remoteIdentity());
    out.putInt(state.remoteRegistrationId());
    put(out, state.baseKey());
    put(out, state.rootKey());
    put(out, state.sending().ratchetKey().privateKey());
    put(out, state.sending().ratchetKey().publicKey());
    put(out, state.sending().chainKey());
    out.putInt(state.sending().counter());
    out.putInt(state.sending().previousCounter());
    state
        .unanswered()
        .ifPresent(preKeys -> out.putInt(preKeys.signedId()).putInt(preKeys.oneTimeId()));
    out.put((byte) state.receiving().size());
    for (ReceivingChain chain : state.receiving()) {
      put(out, chain);
    }
  }

  private static void put(ByteBuffer out, ReceivingChain chain) {
    put(out, chain.ratchetKey());
    put(out, chain.chainKey());
    out.putInt(chain.index());
    SkippedSeeds skipped = chain.skipped();
    out.putShort((short) skipped.size());
    for (int i = 0; i < skipped.size(); i++) {
      out.putInt(skipped.counter(i));
      skipped.putSeed(i, out);
    }
  }

  private static void put(ByteBuffer out, PublicKey key) {
    out.put(key.bytes().toArray());
  }

  private static void put(ByteBuffer out, Secret key) {
    out.put(key.expose());
  }

  private static RatchetRecord record(ByteBuffer in) throws UnreadableRecord {
    int count = in.get();
    if (count < 1 || count > Limits.ARCHIVED_STATES + 1) {
      throw new UnreadableRecord("a ratchet record of " + count + " states");
    }
    var states = new ArrayList<RatchetState>(count);
    for (int i = 0; i < count; i++) {
      states.add(state(in));
    }
    if (in.hasRemaining()) {
      throw new UnreadableRecord(in.remaining() + " B follow the last state of a ratchet record");
    }
    return RatchetRecord.bounded(states);
  }

  private static RatchetState state(ByteBuffer in) throws UnreadableRecord {
    int flags = in.get();
    if ((flags & ~FLAG_UNANSWERED) != 0) {
      throw new UnreadableRecord("a ratchet state has unknown flags " + flags);
    }
    PublicKey remoteIdentity = publicKey(in);
    int remoteRegistrationId = in.getInt();
    PublicKey baseKey = publicKey(in);
    Secret rootKey = secret(in);
    var sending =
        new SendingChain(
            new KeyPair(secret(in), publicKey(in)), secret(in), counter(in), counter(in));
    Optional<RatchetState.Unanswered> unanswered =
        flags == FLAG_UNANSWERED
            ? Optional.of(new RatchetState.Unanswered(in.getInt(), in.getInt()))
            : Optional.empty();
    int count = in.get();
    if (count < 0 || count > Limits.RECEIVING_CHAINS) {
      throw new UnreadableRecord("a ratchet state of " + count + " receiving chains");
    }
    List<ReceivingChain> receiving = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      receiving.add(chain(in));
    }
    return new RatchetState(
        remoteIdentity, remoteRegistrationId, baseKey, rootKey, sending, receiving, unanswered);
  }

  private static ReceivingChain chain(ByteBuffer in) throws UnreadableRecord {
    PublicKey ratchetKey = publicKey(in);
    Secret chainKey = secret(in);
    int index = counter(in);
    int count = Short.toUnsignedInt(in.getShort());
    if (count > Limits.SKIPPED_PER_CHAIN || in.remaining() < count * SKIPPED_BYTES) {
      throw new UnreadableRecord("a receiving chain of " + count + " skipped messages");
    }
    var counters = new int[count];
    var seeds = new byte[count * SkippedSeeds.SEED_BYTES];
    int after = -1;
    for (int i = 0; i < count; i++) {
      counters[i] = in.getInt();
      if (counters[i] <= after || counters[i] >= index) {
        throw new UnreadableRecord("the skipped messages of a receiving chain are out of order");
      }
      after = counters[i];
      in.get(seeds, i * SkippedSeeds.SEED_BYTES, SkippedSeeds.SEED_BYTES);
    }
    return new ReceivingChain(ratchetKey, chainKey, index, SkippedSeeds.of(counters, seeds));
  }

  private static int counter(ByteBuffer in) throws UnreadableRecord {
    int counter = in.getInt();
    if (counter < 0) {
      throw new UnreadableRecord("a chain stands at " + Integer.toUnsignedString(counter));
    }
    return counter;
  }

  private static PublicKey publicKey(ByteBuffer in) {
    return new PublicKey(Bytes.wrap(key(in)));
  }

  private static Secret secret(ByteBuffer in) {
    return Secret.wrap(key(in));
  }

  private static byte[] key(ByteBuffer in) {
    var key = new byte[KEY_BYTES];
    in.get(key);
    return key;
  }
}
