package wildcat.client.message;

import java.util.Optional;
import wildcat.protocol.node.Node;

/// What server and sender are to be told of a message, once its commit has succeeded.
sealed interface Verdict {
  /// A receipt says that it was taken; the server needs no ack besides.
  ///
  /// @param receiptType "" for delivered
  record Received(String receiptType) implements Verdict {}

  /// Only the server is told.
  record Done() implements Verdict {}

  record Refused(int error) implements Verdict {}

  /// @param retry the receipt that asks for another copy, absent when the limit is reached
  record Undecryptable(RetryRequests.Failure failure, Optional<Node> retry) implements Verdict {}
}
