package wildcat.client.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.MessageId;
import wildcat.client.store.StoreFailed;
import wildcat.proto.ContextInfo;
import wildcat.proto.FutureProofMessage;
import wildcat.proto.Message;
import wildcat.protocol.jid.Jid;

/// What a decrypted Message says: its kind, its text, whom it quotes and mentions.
///
/// @param type `text`, `image`, …; `none` when there is nothing for people in it
record MessageContent(
    String type, String text, Optional<Quote> quote, List<Jid> mentions, boolean forwarded) {
  /// The kind of a Message that only carries keys or context.
  static final String NONE = "none";

  private static final int MAX_MENTIONS = 1_024;

  /// Wrappers are a few deep in practice; more is somebody trying.
  private static final int MAX_WRAPPERS = 8;

  /// @param chat the author of a quoted message that names none
  static MessageContent of(Message message, Jid chat, LidMap lids) throws StoreFailed {
    Kind kind = Kind.of(unwrapped(message));
    ContextInfo context = kind.context();
    var mentions = new ArrayList<Jid>();
    for (String mention : context.getMentionedJidList()) {
      Optional<Jid> jid = Jid.parse(mention);
      if (jid.isPresent() && mentions.size() < MAX_MENTIONS) {
        mentions.add(lids.shown(jid.get()));
      }
    }
    return new MessageContent(
        kind.type(), kind.text(), quote(context, chat, lids), mentions, context.getIsForwarded());
  }

  private static Optional<Quote> quote(ContextInfo context, Jid chat, LidMap lids)
      throws StoreFailed {
    String id = context.getStanzaId();
    if (id.isEmpty() || id.length() > MessageId.MAX_CHARACTERS) {
      return Optional.empty();
    }
    Kind quoted = Kind.of(unwrapped(context.getQuotedMessage()));
    Jid participant = lids.shown(Jid.parse(context.getParticipant()).orElse(chat));
    return Optional.of(new Quote(new MessageId(id), participant, quoted.text(), quoted.isMedia()));
  }

  /// The Message inside the wrappers that say how it is to be shown.
  static Message unwrapped(Message message) {
    Message inner = message;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      Optional<FutureProofMessage> wrapper = wrapper(inner);
      if (wrapper.isEmpty() || !wrapper.get().hasMessage()) {
        return inner;
      }
      inner = wrapper.get().getMessage();
    }
    return inner;
  }

  private static Optional<FutureProofMessage> wrapper(Message m) {
    if (m.hasEphemeralMessage()) {
      return Optional.of(m.getEphemeralMessage());
    }
    if (m.hasViewOnceMessage()) {
      return Optional.of(m.getViewOnceMessage());
    }
    if (m.hasViewOnceMessageV2()) {
      return Optional.of(m.getViewOnceMessageV2());
    }
    if (m.hasViewOnceMessageV2Extension()) {
      return Optional.of(m.getViewOnceMessageV2Extension());
    }
    if (m.hasDocumentWithCaptionMessage()) {
      return Optional.of(m.getDocumentWithCaptionMessage());
    }
    if (m.hasLottieStickerMessage()) {
      return Optional.of(m.getLottieStickerMessage());
    }
    if (m.hasGroupMentionedMessage()) {
      return Optional.of(m.getGroupMentionedMessage());
    }
    if (m.hasEditedMessage()) {
      return Optional.of(m.getEditedMessage());
    }
    if (m.hasSpoilerMessage()) {
      return Optional.of(m.getSpoilerMessage());
    }
    return Optional.empty();
  }
}
