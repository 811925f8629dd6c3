package wildcat.simulator.world;

/// How much a simulator keeps. Whatever goes beyond is dropped, oldest first.
///
/// @param queuedStanzas per device, waiting for an answer
/// @param ledgerPerDevice finished deliveries of one device
/// @param ledgerTotal finished deliveries of all devices together
/// @param loggedStanzas in the log of stanzas
/// @param preKeys one-time pre-keys per device
/// @param messageIds of one device, to recognise repetitions; as many message keys
/// @param phoneMessages decrypted messages per phone, and as many sent ones
/// @param contacts per account: who hears of its device changes
public record Limits(
    int queuedStanzas,
    int ledgerPerDevice,
    int ledgerTotal,
    int loggedStanzas,
    int preKeys,
    int messageIds,
    int phoneMessages,
    int contacts) {
  public static final Limits DEFAULTS =
      new Limits(10_000, 100_000, 500_000, 5_000, 5_000, 5_000, 5_000, 1_000);
}
