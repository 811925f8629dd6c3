package wildcat.server.rest.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import wildcat.client.event.AccountId;
import wildcat.client.message.OutgoingContent;

/// Reads the fields of one `type` of a message to send. What every type shares (`to`, `replyTo`, `mentions`, …)
/// is read by [MessageRoutes]. May block, and may fail as every route may.
public interface ContentReader {
  OutgoingContent read(AccountId account, ObjectNode body) throws Exception;
}
