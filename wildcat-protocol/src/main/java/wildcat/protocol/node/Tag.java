package wildcat.protocol.node;

/// The bytes that say what follows; those from 1 to 235 are words of the [Dictionary].
/// Source: whatsmeow binary/token/token.go.
final class Tag {
  static final int LIST_EMPTY = 0;
  static final int DICTIONARY_0 = 236;
  static final int DICTIONARY_3 = 239;
  static final int INTEROP_JID = 245;
  static final int FB_JID = 246;
  static final int AD_JID = 247;
  static final int LIST_8 = 248;
  static final int LIST_16 = 249;
  static final int JID_PAIR = 250;
  static final int HEX_8 = 251;
  static final int BINARY_8 = 252;
  static final int BINARY_20 = 253;
  static final int BINARY_32 = 254;
  static final int NIBBLE_8 = 255;

  /// A packed string has at most 127 bytes of two characters each, but is written up to this length.
  static final int MAX_PACKED_CHARACTERS = 127;

  private Tag() {}
}
