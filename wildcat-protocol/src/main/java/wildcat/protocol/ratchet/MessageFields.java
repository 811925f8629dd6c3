package wildcat.protocol.ratchet;

import java.util.Arrays;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.PublicKey;

/// Reads the protobuf fields of one of Signal's messages, one after the other. Fields nobody asks for
/// are passed over, and so are those of another wire type. Every length is checked against what is there
/// before anything is copied.
final class MessageFields {
  /// Added to a field's number times 8, the tag of a number; see [#BYTES].
  static final int UINT32 = 0;

  /// Added to a field's number times 8, the tag of bytes.
  static final int BYTES = 2;

  private static final int FIXED64 = 1;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int position;

  private int tag;
  private long value; // of a varint
  private int length; // of the other kinds, which end at `position`

  MessageFields(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  /// Moves to the next field; false at the end.
  boolean next() throws CannotDecrypt {
    if (position == end) {
      return false;
    }
    long next = varint();
    tag = (int) next;
    if (next >>> 32 != 0 || tag >>> 3 == 0) {
      throw malformed("a field has number " + (next >>> 3));
    }
    switch (tag & 7) {
      case UINT32 -> value = varint();
      case FIXED64 -> skip(8);
      case BYTES -> skip(varint());
      case FIXED32 -> skip(4);
      default -> throw malformed("a field has wire type " + (tag & 7));
    }
    return true;
  }

  /// Number and wire type of the field: number * 8 + [#UINT32] or [#BYTES].
  int tag() {
    return tag;
  }

  /// The field, a number, as unsigned 32 bits; higher ones are cut off, as protobuf does.
  int uint32() {
    return (int) value;
  }

  /// The field, which is length-delimited.
  Bytes bytes() {
    return Bytes.wrap(Arrays.copyOfRange(bytes, position - length, position));
  }

  /// The field, which is length-delimited, as a key in Signal form.
  PublicKey key() throws CannotDecrypt {
    try {
      return PublicKey.ofSignalForm(bytes());
    } catch (InvalidKey e) {
      throw new CannotDecrypt(
          CannotDecrypt.Reason.INVALID_KEY, "field " + (tag >>> 3) + " of the message is no key");
    }
  }

  private void skip(long count) throws CannotDecrypt {
    if (count < 0 || count > end - position) {
      throw malformed("field " + (tag >>> 3) + " is longer than the message");
    }
    length = (int) count;
    position += length;
  }

  private long varint() throws CannotDecrypt {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position == end) {
        throw malformed("it ends inside a number");
      }
      byte next = bytes[position++];
      result |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw malformed("a number has more than 10 bytes");
  }

  static CannotDecrypt malformed(String what) {
    return new CannotDecrypt(CannotDecrypt.Reason.MALFORMED, "malformed message: " + what);
  }
}
