package wildcat.protocol.ratchet;

import java.util.Arrays;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.PublicKey;

/// Reads the protobuf fields of one of Signal's messages, one after the other. Fields nobody asks for
/// are passed over. Every length is checked against what is there before anything is copied.
final class MessageFields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int position;

  private int number;
  private int wireType;
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
    long tag = varint();
    wireType = (int) tag & 7;
    number = (int) (tag >>> 3);
    if (tag >>> 32 != 0 || number == 0) {
      throw malformed("a field has number " + (tag >>> 3));
    }
    switch (wireType) {
      case VARINT -> value = varint();
      case FIXED64 -> skip(8);
      case LENGTH_DELIMITED -> skip(varint());
      case FIXED32 -> skip(4);
      default -> throw malformed("field " + number + " has wire type " + wireType);
    }
    return true;
  }

  int number() {
    return number;
  }

  /// The field as unsigned 32 bits; higher ones are cut off, as protobuf does.
  int uint32() throws CannotDecrypt {
    require(VARINT);
    return (int) value;
  }

  Bytes bytes() throws CannotDecrypt {
    require(LENGTH_DELIMITED);
    return Bytes.wrap(Arrays.copyOfRange(bytes, position - length, position));
  }

  /// The field as a key in Signal form.
  PublicKey key() throws CannotDecrypt {
    try {
      return PublicKey.ofSignalForm(bytes());
    } catch (InvalidKey e) {
      throw new CannotDecrypt(
          CannotDecrypt.Reason.INVALID_KEY, "field " + number + " of the message is no key");
    }
  }

  private void require(int wanted) throws CannotDecrypt {
    if (wireType != wanted) {
      throw malformed("field " + number + " has wire type " + wireType);
    }
  }

  private void skip(long count) throws CannotDecrypt {
    if (count < 0 || count > end - position) {
      throw malformed("field " + number + " is longer than the message");
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
