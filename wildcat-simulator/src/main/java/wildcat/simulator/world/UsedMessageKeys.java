package wildcat.simulator.world;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// The message keys a device has encrypted with, as far as the outside of a ciphertext shows them: ratchet
/// key and counter. A key must never serve twice: whoever crashes between sending and storing does that.
/// Guarded by the world's lock. Source: protocol notes 04, section 4.
public final class UsedMessageKeys {
  private static final int RATCHET_KEY = 1;
  private static final int COUNTER = 2;
  private static final int INNER_MESSAGE = 4;
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /// Hash of target, ratchet key and counter, to hash of the ciphertext.
  private final Map<Long, Long> ciphertexts;

  UsedMessageKeys(int limit) {
    ciphertexts =
        new LinkedHashMap<>(0) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > limit;
          }
        };
  }

  /// @param kind `pkmsg` or `msg`; others are not looked into
  /// @return false when another ciphertext for the same device had this key; true also for what does
  ///     not parse
  public boolean note(Jid target, String kind, Bytes ciphertext) {
    if (!kind.equals("pkmsg") && !kind.equals("msg")) {
      return true;
    }
    try {
      Optional<Long> key = key(target, kind, ciphertext.toArray());
      if (key.isEmpty()) {
        return true;
      }
      long content = hash(FNV_START, ciphertext.toArray());
      Long before = ciphertexts.putIfAbsent(key.get(), content);
      return before == null || before == content;
    } catch (IOException e) {
      return true; // its receiver will complain
    }
  }

  private static Optional<Long> key(Jid target, String kind, byte[] message) throws IOException {
    boolean enveloped = kind.equals("pkmsg");
    CodedInputStream in = CodedInputStream.newInstance(message);
    in.skipRawBytes(1); // version
    byte[] ratchetKey = new byte[0];
    int counter = 0;
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      int field = WireFormat.getTagFieldNumber(tag);
      if (enveloped && field == INNER_MESSAGE) {
        return key(target, "msg", in.readByteArray());
      } else if (!enveloped && field == RATCHET_KEY) {
        ratchetKey = in.readByteArray();
      } else if (!enveloped && field == COUNTER) {
        counter = in.readUInt32();
        break; // fields come in order, the MAC behind them is none
      } else if (!in.skipField(tag)) {
        return Optional.empty();
      }
    }
    if (ratchetKey.length == 0) {
      return Optional.empty();
    }
    long hash = hash(FNV_START, Bytes.ofUtf8(target.toString()).toArray());
    return Optional.of(FNV_PRIME * hash(hash, ratchetKey) + counter);
  }

  private static long hash(long start, byte[] bytes) {
    long hash = start;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
