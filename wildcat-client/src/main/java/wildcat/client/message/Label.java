package wildcat.client.message;

import java.util.Optional;
import wildcat.proto.KeepType;
import wildcat.proto.Message;
import wildcat.proto.ProtocolMessage;
import wildcat.protocol.node.Node;

/// What a stanza says openly of what is encrypted in it. The server drops a stanza whose label is not that
/// of its kind.
/// Source: whatsmeow send.go (getTypeFromMessage, getMediaTypeFromMessage, getEditAttribute), Baileys
/// messages-send.ts, whatsapp-rust send.
///
/// @param type of the stanza
/// @param mediaType of each ciphertext
/// @param edit what it does to another message, as the server numbers it
/// @param hidesFailure whether a device that cannot read it is to show nothing in its place
/// @param meta name and value of the attribute of `meta`
record Label(
    String type,
    Optional<String> mediaType,
    Optional<String> edit,
    boolean hidesFailure,
    Optional<Meta> meta) {
  private static final String EDIT = "1";
  private static final String PIN = "2";
  private static final String SENDER_REVOKE = "7";
  private static final String ADMIN_REVOKE = "8";

  /// An attribute.
  record Meta(String name, String value) {}

  static Label of(Message message) {
    Message inner = MessageContent.unwrapped(message);
    Optional<Label> about = aboutMessages(inner);
    if (about.isPresent()) {
      return about.get();
    }
    Optional<String> media = mediaType(inner);
    return new Label(
        media.isPresent() ? "media" : "text", media, Optional.empty(), false, Optional.empty());
  }

  /// The stanza with what the label says, for `message`.
  Node on(Node stanza) {
    Node labelled = stanza.with("type", type);
    return edit.isPresent() ? labelled.with("edit", edit.get()) : labelled;
  }

  /// The ciphertext with what the label says, for `enc`.
  Node onCiphertext(Node enc) {
    Node labelled = mediaType.isPresent() ? enc.with("mediatype", mediaType.get()) : enc;
    return hidesFailure ? labelled.with("decrypt-fail", "hide") : labelled;
  }

  /// The child that tells more of the type.
  Optional<Node> metaNode() {
    return meta.map(attribute -> Node.of("meta").with(attribute.name(), attribute.value()));
  }

  /// What refers to other messages, polls and events.
  private static Optional<Label> aboutMessages(Message m) {
    if (m.hasReactionMessage()) {
      boolean removed = m.getReactionMessage().getText().isEmpty();
      return Optional.of(
          new Label(
              "reaction",
              Optional.empty(),
              removed ? Optional.of(SENDER_REVOKE) : Optional.empty(),
              true,
              Optional.empty()));
    }
    if (m.hasEncReactionMessage()) {
      return Optional.of(
          new Label("reaction", Optional.empty(), Optional.empty(), true, Optional.empty()));
    }
    if (m.hasProtocolMessage()) {
      return Optional.of(ofProtocol(m.getProtocolMessage()));
    }
    if (m.hasPinInChatMessage()) {
      return Optional.of(text(Optional.of(PIN), true));
    }
    if (m.hasKeepInChatMessage()) {
      boolean undone =
          m.getKeepInChatMessage().getKeepType() == KeepType.KEEP_TYPE_UNDO_KEEP_FOR_ALL;
      return Optional.of(text(undone ? Optional.of(SENDER_REVOKE) : Optional.empty(), true));
    }
    if (m.hasPollUpdateMessage()) {
      return Optional.of(poll("vote", true));
    }
    if (m.hasPollCreationMessage()
        || m.hasPollCreationMessageV2()
        || m.hasPollCreationMessageV3()
        || m.hasPollCreationMessageV5()) {
      return Optional.of(poll("creation", false));
    }
    if (m.hasEventMessage()) {
      return Optional.of(event("creation", false));
    }
    return m.hasEncEventResponseMessage() ? Optional.of(event("response", true)) : Optional.empty();
  }

  private static Label ofProtocol(ProtocolMessage protocol) {
    if (!protocol.hasType()) {
      return text(Optional.empty(), false);
    }
    return switch (protocol.getType()) {
      case TYPE_REVOKE ->
          text(Optional.of(protocol.getKey().getFromMe() ? SENDER_REVOKE : ADMIN_REVOKE), false);
      case TYPE_MESSAGE_EDIT -> anEdit();
      default -> text(Optional.empty(), false);
    };
  }

  private static Label anEdit() {
    return text(Optional.of(EDIT), true);
  }

  private static Label text(Optional<String> edit, boolean hidesFailure) {
    return new Label("text", Optional.empty(), edit, hidesFailure, Optional.empty());
  }

  private static Label poll(String what, boolean hidesFailure) {
    return new Label(
        "poll",
        Optional.empty(),
        Optional.empty(),
        hidesFailure,
        Optional.of(new Meta("polltype", what)));
  }

  private static Label event(String what, boolean hidesFailure) {
    return new Label(
        "event",
        Optional.empty(),
        Optional.empty(),
        hidesFailure,
        Optional.of(new Meta("event_type", what)));
  }

  private static Optional<String> mediaType(Message m) {
    Optional<String> file = file(m);
    if (file.isPresent()) {
      return file;
    }
    if (m.hasExtendedTextMessage()) {
      return m.getExtendedTextMessage().getMatchedText().isBlank()
          ? Optional.empty()
          : Optional.of("url");
    }
    if (m.hasGroupInviteMessage()) {
      return Optional.of("url");
    }
    if (m.hasContactMessage()) {
      return Optional.of("vcard");
    }
    if (m.hasContactsArrayMessage()) {
      return Optional.of("contact_array");
    }
    if (m.hasLocationMessage()) {
      return Optional.of(m.getLocationMessage().getIsLive() ? "livelocation" : "location");
    }
    if (m.hasLiveLocationMessage()) {
      return Optional.of("livelocation");
    }
    return business(m);
  }

  private static Optional<String> file(Message m) {
    if (m.hasImageMessage()) {
      return Optional.of("image");
    }
    if (m.hasStickerMessage()) {
      return Optional.of("sticker");
    }
    if (m.hasDocumentMessage()) {
      return Optional.of("document");
    }
    if (m.hasVideoMessage()) {
      return Optional.of(m.getVideoMessage().getGifPlayback() ? "gif" : "video");
    }
    if (m.hasPtvMessage()) {
      return Optional.of("ptv");
    }
    if (m.hasAudioMessage()) {
      return Optional.of(m.getAudioMessage().getPtt() ? "ptt" : "audio");
    }
    return Optional.empty();
  }

  private static Optional<String> business(Message m) {
    if (m.hasListMessage()) {
      return Optional.of("list");
    }
    if (m.hasListResponseMessage()) {
      return Optional.of("list_response");
    }
    if (m.hasButtonsResponseMessage()) {
      return Optional.of("buttons_response");
    }
    if (m.hasOrderMessage()) {
      return Optional.of("order");
    }
    if (m.hasProductMessage()) {
      return Optional.of("product");
    }
    return m.hasInteractiveResponseMessage()
        ? Optional.of("native_flow_response")
        : Optional.empty();
  }
}
