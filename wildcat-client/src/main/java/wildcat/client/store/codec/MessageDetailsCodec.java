package wildcat.client.store.codec;

import java.util.List;
import java.util.Optional;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.MessageId;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// The stored form of what nobody searches a [ChatMessage] by.
///
/// | Field | Content |
/// |---|---|
/// | 1 | origin: 1 live, 2 offline, 3 other device, 4 API, 5 history |
/// | 2 | quote: id (1), participant (2), text (3), has media (4) |
/// | 3, repeated | mention |
/// | 4 | forwarded |
public final class MessageDetailsCodec {
  private static final int VERSION = 1;

  private MessageDetailsCodec() {}

  /// What nobody searches a message by.
  public record Details(
      Origin origin, Optional<Quote> quote, List<Jid> mentions, boolean forwarded) {
    public Details {
      mentions = List.copyOf(mentions);
    }

    public static Details of(ChatMessage message) {
      return new Details(
          message.origin(), message.quote(), message.mentions(), message.forwarded());
    }
  }

  public static Bytes encode(Details details) {
    var writer = new FieldWriter().number(1, number(details.origin()));
    details.quote().ifPresent(quote -> writer.group(2, inner -> encode(quote, inner)));
    details.mentions().forEach(mention -> writer.jid(3, mention));
    return writer.flag(4, details.forwarded()).record(VERSION);
  }

  private static void encode(Quote quote, FieldWriter writer) {
    writer
        .text(1, quote.id().value())
        .jid(2, quote.participant())
        .text(3, quote.text())
        .flag(4, quote.hasMedia());
  }

  /// @throws StoreFailed.Unreadable damaged, or of a newer version
  public static Details decode(Bytes stored) throws StoreFailed.Unreadable {
    Fields fields = Fields.of("message", VERSION, stored);
    Optional<Bytes> quote = fields.optional(2);
    return new Details(
        origin(fields.number(1)),
        quote.isPresent() ? Optional.of(quote(fields.inner(quote.get()))) : Optional.empty(),
        fields.jids(3),
        fields.flag(4));
  }

  private static Quote quote(Fields fields) throws StoreFailed.Unreadable {
    try {
      return new Quote(
          new MessageId(fields.text(1)), fields.jid(2), fields.text(3), fields.flag(4));
    } catch (IllegalArgumentException e) {
      throw new StoreFailed.Unreadable("stored message: a quote without id", e);
    }
  }

  private static int number(Origin origin) {
    return switch (origin) {
      case LIVE -> 1;
      case OFFLINE -> 2;
      case OTHER_DEVICE -> 3;
      case API -> 4;
      case HISTORY -> 5;
    };
  }

  private static Origin origin(long number) throws StoreFailed.Unreadable {
    return switch ((int) number) {
      case 1 -> Origin.LIVE;
      case 2 -> Origin.OFFLINE;
      case 3 -> Origin.OTHER_DEVICE;
      case 4 -> Origin.API;
      case 5 -> Origin.HISTORY;
      default -> throw new StoreFailed.Unreadable("stored message: origin " + number);
    };
  }
}
