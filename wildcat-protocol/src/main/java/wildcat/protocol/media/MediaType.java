package wildcat.protocol.media;

/// What a file is to WhatsApp: it decides from which words its keys are made, where it is uploaded and how a
/// download names it.
/// Source: whatsmeow download.go and upload.go, Baileys Defaults/index.ts.
public enum MediaType {
  /// Pictures and stickers of all kinds.
  IMAGE("WhatsApp Image Keys", "image"),
  /// Videos, gifs and round videos.
  VIDEO("WhatsApp Video Keys", "video"),
  /// Sound files and voice notes.
  AUDIO("WhatsApp Audio Keys", "audio"),
  DOCUMENT("WhatsApp Document Keys", "document"),
  HISTORY("WhatsApp History Keys", "md-msg-hist"),
  APP_STATE("WhatsApp App State Keys", "md-app-state"),
  LINK_THUMBNAIL("WhatsApp Link Thumbnail Keys", "thumbnail-link");

  private final String info;
  private final String word;

  MediaType(String info, String word) {
    this.info = info;
    this.word = word;
  }

  /// The words from which [MediaKeys] are expanded.
  String info() {
    return info;
  }

  /// The value of `mms-type` in the address of a download.
  public String downloadType() {
    return word;
  }

  /// The path of an upload, without the token: `/mms/image`.
  public String uploadPath() {
    return "/mms/" + word;
  }
}
