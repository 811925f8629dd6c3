package wildcat.client.store;

import java.time.Instant;
import wildcat.client.event.AccountId;
import wildcat.protocol.bytes.Bytes;

/// An event in the log.
///
/// @param sequence grows by commit over the whole store; a reader that has seen n asks for what is after n
/// @param eventId stable over retries and restarts, for example `evt_01J…`
/// @param type the name in the HTTP interface, for example `message.received`
/// @param lane what is delivered in order: the chat, or the account
/// @param body the JSON document, byte for byte what every delivery carries
public record RecordedEvent(
    AccountId account,
    long sequence,
    String eventId,
    String type,
    String lane,
    Instant at,
    Bytes body) {}
