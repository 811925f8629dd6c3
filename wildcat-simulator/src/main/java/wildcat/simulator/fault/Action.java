package wildcat.simulator.fault;

import java.time.Duration;

/// What happens to a matched stanza.
public sealed interface Action {
  /// It is lost.
  record Drop() implements Action {}

  /// It arrives later, and so behind those that follow it.
  record Delay(Duration by) implements Action {}

  /// It arrives twice in a row.
  record Duplicate() implements Action {}

  /// One bit of the ciphertext of every `<enc>` is flipped.
  record CorruptEnc() implements Action {}

  /// The TCP connection is cut instead of handling it: the server has not seen an incoming one, the
  /// client does not see an outgoing one.
  record CutBefore() implements Action {}

  /// It is handled, then the TCP connection is cut: an incoming one is answered on the wire first, an
  /// outgoing one is written first.
  record CutAfter() implements Action {}

  /// `<stream:error code/>` and the end of the connection; the stanza is lost.
  record StreamError(int code) implements Action {}

  /// `<failure reason/>` and the end of the connection; for matches of `login`.
  record Failure(int reason) implements Action {}

  /// An incoming iq is answered with this error and not acted on.
  record IqError(int code, String text) implements Action {}

  /// An incoming message is answered with `<ack error/>` and not delivered.
  record AckError(int code) implements Action {}
}
