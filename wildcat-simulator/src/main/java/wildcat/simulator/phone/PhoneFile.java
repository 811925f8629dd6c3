package wildcat.simulator.phone;

import wildcat.protocol.bytes.Bytes;

/// A file that a phone sends.
///
/// @param caption "" for none
/// @param fileName of a document
/// @param width in pixels; 0 when it has none, like the height
/// @param seconds how long it plays
public record PhoneFile(
    Kind kind,
    Bytes content,
    String mimetype,
    String caption,
    String fileName,
    int width,
    int height,
    int seconds) {
  /// As what it is sent.
  public enum Kind {
    IMAGE,
    STICKER,
    VIDEO,
    GIF,
    VIDEO_NOTE,
    AUDIO,
    VOICE,
    DOCUMENT
  }
}
