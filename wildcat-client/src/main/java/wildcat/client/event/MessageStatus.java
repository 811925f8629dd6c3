package wildcat.client.event;

/// How far a sent message has come; a later one never goes back to an earlier one, except to FAILED from
/// PENDING.
public enum MessageStatus {
  /// Stored, not yet acknowledged by the server.
  PENDING("pending"),
  /// Rejected by the server, or impossible to send.
  FAILED("failed"),
  /// The server has it.
  SENT("sent"),
  /// On a device of the recipient.
  DELIVERED("delivered"),
  READ("read"),
  PLAYED("played"),
  /// Not ours: received.
  RECEIVED("received");

  private final String wireName;

  MessageStatus(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /// Whether a sent message that stands at `earlier` may move to this status.
  public boolean follows(MessageStatus earlier) {
    return earlier != RECEIVED && this != RECEIVED && compareTo(earlier) > 0;
  }
}
