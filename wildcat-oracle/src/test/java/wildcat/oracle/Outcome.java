package wildcat.oracle;

import wildcat.protocol.bytes.Bytes;

/// What an implementation made of a message.
sealed interface Outcome {
  record Opened(Bytes plaintext) implements Outcome {}

  record Duplicate() implements Outcome {}

  record UnknownPreKey() implements Outcome {}

  /// Anything else; the implementations name it differently.
  record Refused() implements Outcome {}
}
