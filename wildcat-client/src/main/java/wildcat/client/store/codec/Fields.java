package wildcat.client.store.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;

/// The fields of one stored record. Unknown ones are skipped: a later version has added them.
///
/// Bounded by the record's own size: a length is checked against what is there before memory is taken, and
/// a field has two bytes or more.
final class Fields {
  private final String record;
  private final Map<Integer, List<Long>> numbers = new HashMap<>();
  private final Map<Integer, List<byte[]>> values = new HashMap<>();

  private Fields(String record) {
    this.record = record;
  }

  /// @param record what it is, for messages
  /// @throws StoreFailed.Unreadable another version, or not made of fields
  static Fields of(String record, int version, Bytes stored) throws StoreFailed.Unreadable {
    if (stored.isEmpty()) {
      throw new StoreFailed.Unreadable("stored " + record + ": empty");
    }
    if (stored.at(0) != version) {
      throw new StoreFailed.Unreadable(
          "stored " + record + ": version " + stored.at(0) + ", known is " + version);
    }
    byte[] bytes = stored.toArray();
    return parse(record, bytes, 1);
  }

  private static Fields parse(String record, byte[] bytes, int from) throws StoreFailed.Unreadable {
    var fields = new Fields(record);
    try {
      var in = CodedInputStream.newInstance(bytes, from, bytes.length - from);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        fields.read(tag, in);
      }
    } catch (IOException e) {
      throw new StoreFailed.Unreadable("stored " + record + ": damaged", e);
    }
    return fields;
  }

  private void read(int tag, CodedInputStream in) throws IOException {
    int field = WireFormat.getTagFieldNumber(tag);
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> list(numbers, field).add(in.readInt64());
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> list(values, field).add(in.readByteArray());
      default -> in.skipField(tag);
    }
  }

  private static <T> List<T> list(Map<Integer, List<T>> map, int field) {
    return map.computeIfAbsent(field, _ -> new ArrayList<>(1));
  }

  /// 0 when absent.
  long number(int field) {
    return numbers.getOrDefault(field, List.of()).stream().findFirst().orElse(0L);
  }

  List<Long> numbers(int field) {
    return List.copyOf(numbers.getOrDefault(field, List.of()));
  }

  boolean flag(int field) {
    return number(field) != 0;
  }

  int integer(int field) throws StoreFailed.Unreadable {
    long value = number(field);
    if (value != (int) value) {
      throw new StoreFailed.Unreadable("stored " + record + ": field " + field + " is no int");
    }
    return (int) value;
  }

  List<Bytes> all(int field) {
    return values.getOrDefault(field, List.of()).stream().map(Bytes::copyOf).toList();
  }

  Optional<Bytes> optional(int field) {
    return all(field).stream().findFirst();
  }

  /// Empty when absent.
  Bytes bytes(int field) {
    return optional(field).orElse(Bytes.empty());
  }

  Bytes required(int field) throws StoreFailed.Unreadable {
    Optional<Bytes> value = optional(field);
    if (value.isEmpty()) {
      throw new StoreFailed.Unreadable("stored " + record + ": field " + field + " is missing");
    }
    return value.get();
  }

  /// "" when absent.
  String text(int field) {
    return bytes(field).utf8();
  }

  Secret secret(int field) throws StoreFailed.Unreadable {
    return Secret.wrap(required(field).toArray());
  }

  Jid jid(int field) throws StoreFailed.Unreadable {
    return jid(required(field));
  }

  List<Jid> jids(int field) throws StoreFailed.Unreadable {
    var jids = new ArrayList<Jid>();
    for (Bytes text : all(field)) {
      jids.add(jid(text));
    }
    return jids;
  }

  private Jid jid(Bytes text) throws StoreFailed.Unreadable {
    Optional<Jid> jid = Jid.parse(text.utf8());
    if (jid.isEmpty()) {
      throw new StoreFailed.Unreadable("stored " + record + ": not a jid");
    }
    return jid.get();
  }

  KeyPair keys(int field) throws StoreFailed.Unreadable {
    Fields pair = inner(required(field));
    return new KeyPair(pair.secret(1), new PublicKey(pair.required(2)));
  }

  Fields inner(Bytes group) throws StoreFailed.Unreadable {
    return parse(record, group.toArray(), 0);
  }
}
