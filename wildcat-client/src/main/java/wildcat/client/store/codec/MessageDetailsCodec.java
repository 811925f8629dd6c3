package wildcat.client.store.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.Marks;
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
/// | 5, repeated | reaction: sender (1), emoji (2), at (3, ms) |
/// | 6 | edited at, ms |
/// | 7 | revoked: by (1), at (2, ms) |
/// | 8 | starred |
/// | 9 | pinned until, ms |
/// | 10, repeated | vote: voter (1), chosen option, from 1 (2, repeated), at (3, ms) |
public final class MessageDetailsCodec {
  private static final int VERSION = 1;

  private MessageDetailsCodec() {}

  /// What nobody searches a message by.
  public record Details(
      Origin origin, Optional<Quote> quote, List<Jid> mentions, boolean forwarded, Marks marks) {
    public Details {
      mentions = List.copyOf(mentions);
    }

    public static Details of(ChatMessage message) {
      return new Details(
          message.origin(),
          message.quote(),
          message.mentions(),
          message.forwarded(),
          message.marks());
    }
  }

  public static Bytes encode(Details details) {
    var writer = new FieldWriter().number(1, number(details.origin()));
    details.quote().ifPresent(quote -> writer.group(2, inner -> encode(quote, inner)));
    details.mentions().forEach(mention -> writer.jid(3, mention));
    writer.flag(4, details.forwarded());
    encode(details.marks(), writer);
    return writer.record(VERSION);
  }

  private static void encode(Marks marks, FieldWriter writer) {
    for (Marks.Reaction reaction : marks.reactions()) {
      writer.group(
          5,
          inner ->
              inner
                  .jid(1, reaction.sender())
                  .text(2, reaction.emoji())
                  .number(3, reaction.at().toEpochMilli()));
    }
    marks.editedAt().ifPresent(at -> writer.number(6, at.toEpochMilli()));
    marks
        .revocation()
        .ifPresent(revoked ->
            writer.group(
                7, inner -> inner.jid(1, revoked.by()).number(2, revoked.at().toEpochMilli())));
    writer.flag(8, marks.starred());
    marks.pinnedUntil().ifPresent(until -> writer.number(9, until.toEpochMilli()));
    for (Marks.Vote vote : marks.votes()) {
      writer.group(
          10,
          inner -> {
            inner.jid(1, vote.voter());
            vote.options().forEach(option -> inner.number(2, option + 1L));
            inner.number(3, vote.at().toEpochMilli());
          });
    }
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
        fields.flag(4),
        marks(fields));
  }

  private static Marks marks(Fields fields) throws StoreFailed.Unreadable {
    var reactions = new ArrayList<Marks.Reaction>();
    for (Bytes group : fields.all(5)) {
      Fields inner = fields.inner(group);
      reactions.add(new Marks.Reaction(inner.jid(1), inner.text(2), time(inner.number(3))));
    }
    Optional<Marks.Revocation> revocation = Optional.empty();
    Optional<Bytes> revoked = fields.optional(7);
    if (revoked.isPresent()) {
      Fields inner = fields.inner(revoked.get());
      revocation = Optional.of(new Marks.Revocation(inner.jid(1), time(inner.number(2))));
    }
    var votes = new ArrayList<Marks.Vote>();
    for (Bytes group : fields.all(10)) {
      Fields inner = fields.inner(group);
      List<Integer> options = inner.numbers(2).stream().map(n -> (int) (n - 1)).toList();
      votes.add(new Marks.Vote(inner.jid(1), options, time(inner.number(3))));
    }
    return new Marks(
        reactions,
        optionalTime(fields.number(6)),
        revocation,
        fields.flag(8),
        optionalTime(fields.number(9)),
        votes);
  }

  private static Optional<Instant> optionalTime(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(time(millis));
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis);
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
