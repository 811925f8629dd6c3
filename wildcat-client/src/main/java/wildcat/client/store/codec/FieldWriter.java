package wildcat.client.store.codec;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.jid.Jid;

/// Writes the fields of one record in protobuf's wire format.
final class FieldWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  FieldWriter number(int field, long value) {
    return write(() -> out.writeInt64(field, value));
  }

  FieldWriter flag(int field, boolean value) {
    return value ? number(field, 1) : this;
  }

  FieldWriter text(int field, String value) {
    return value.isEmpty() ? this : write(() -> out.writeString(field, value));
  }

  FieldWriter jid(int field, Jid value) {
    return text(field, value.toString());
  }

  FieldWriter bytes(int field, Bytes value) {
    return value.isEmpty() ? this : raw(field, value.toArray());
  }

  FieldWriter secret(int field, Secret value) {
    return raw(field, value.expose());
  }

  FieldWriter keys(int field, KeyPair value) {
    return group(
        field, inner -> inner.secret(1, value.privateKey()).bytes(2, value.publicKey().bytes()));
  }

  FieldWriter group(int field, Consumer<FieldWriter> content) {
    var inner = new FieldWriter();
    content.accept(inner);
    return raw(field, inner.toArray());
  }

  private FieldWriter raw(int field, byte[] value) {
    return write(() -> out.writeByteArray(field, value));
  }

  byte[] toArray() {
    write(out::flush);
    return bytes.toByteArray();
  }

  /// The record with its version byte in front.
  Bytes record(int version) {
    byte[] fields = toArray();
    byte[] record = new byte[1 + fields.length];
    record[0] = (byte) version;
    System.arraycopy(fields, 0, record, 1, fields.length);
    return Bytes.wrap(record);
  }

  private FieldWriter write(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return this;
  }

  private interface Action {
    void run() throws IOException;
  }
}
