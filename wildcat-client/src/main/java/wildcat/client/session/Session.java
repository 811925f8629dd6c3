package wildcat.client.session;

/// The live connection of an account. Thread-safe.
public interface Session extends Exchange {
  /// Ends this connection. What was waiting for an answer fails; whether another connection follows is
  /// decided as after every loss.
  ///
  /// @param reason for people, without secrets
  void close(String reason);
}
