package wildcat.api.v1;

/// Answer of every send.
///
/// @param chatId the chat as `to` was understood, by phone number where it is known
/// @param timestamp unix seconds, by WhatsApp's clock
/// @param status `sent` or, when the recipient was quick, beyond
public record MessageSent(
    boolean ok, String messageId, String chatId, long timestamp, String type, String status) {}
