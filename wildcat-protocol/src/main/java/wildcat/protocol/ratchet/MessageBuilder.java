package wildcat.protocol.ratchet;

import java.io.ByteArrayOutputStream;
import wildcat.protocol.curve.PublicKey;

/// Writes one of Signal's messages: the version byte, then protobuf fields in the order of the calls.
///
/// Some peers check MACs over their own serialization of what they parsed. So every field is written,
/// zeros included, in ascending order and with the shortest numbers. Source: go.mau.fi/libsignal,
/// serialize.
final class MessageBuilder {
  /// What we speak and are spoken to: 3, in both nibbles.
  static final byte VERSION = 0x33;

  private static final int SUPPORTED = 3;

  private final ByteArrayOutputStream out;

  MessageBuilder(int expectedBytes) {
    out = new ByteArrayOutputStream(expectedBytes);
    out.write(VERSION);
  }

  MessageBuilder uint32(int number, int value) {
    varint(number << 3);
    varint(Integer.toUnsignedLong(value));
    return this;
  }

  MessageBuilder bytes(int number, byte[] value) {
    varint((number << 3) | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  MessageBuilder key(int number, PublicKey value) {
    return bytes(number, value.signalForm());
  }

  /// Leaves `count` zero bytes.
  MessageBuilder room(int count) {
    out.writeBytes(new byte[count]);
    return this;
  }

  byte[] build() {
    return out.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) rest | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /// Whether the first byte of a message names a version we read: only its high nibble counts.
  static void checkVersion(byte[] message) throws CannotDecrypt {
    if (message.length == 0) {
      throw MessageFields.malformed("it is empty");
    }
    int version = (message[0] & 0xff) >> 4;
    if (version != SUPPORTED) {
      throw MessageFields.malformed("it has version " + version + ", not " + SUPPORTED);
    }
  }
}
