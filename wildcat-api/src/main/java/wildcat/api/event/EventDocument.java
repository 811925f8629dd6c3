package wildcat.api.event;

/// The document of an event, as webhooks, streams and `GET /v1/events` have it. All begin with `event` (its type),
/// `eventId`, `sequence`, `accountId` and `occurredAt`; whoever reads them ignores fields it does not know.
public sealed interface EventDocument
    permits AboutEvent,
        AccountLinkedEvent,
        AccountStatusEvent,
        BlockingEvent,
        ChatEvent,
        ContactEvent,
        IdentityChangedEvent,
        MessageEvent,
        MessageStatusEvent,
        MessageUndecryptableEvent,
        PictureEvent {}
