package wildcat.fuzz;

import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.message;

import com.fasterxml.jackson.databind.JsonNode;
import wildcat.client.event.Event;
import wildcat.client.fake.Fixture;
import wildcat.protocol.node.Node;
import wildcat.server.content.MessageJson;

/// Whatever a contact encrypts: it is decrypted, stored and shown as JSON, or refused, and the next message is
/// read.
public final class ContentTarget {
  private static final int MESSAGES_PER_ACCOUNT = 500;

  private static int sent;
  private static Fixture account = account();

  private ContentTarget() {}

  private static Fixture account() {
    try {
      var account = new Fixture();
      account.introduce(account.annPhone);
      return account;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (++sent % MESSAGES_PER_ACCOUNT == 0) {
      account = account(); // else what it remembers grows
    }
    account.server.sent().clear();
    account.heard.clear();
    Node enc = account.annPhone.encrypt(OWN_LID, input);
    account.receiver.handle(message(ANN_LID, "3EB0" + sent, enc), account.server);
    if (account.server.sent().isEmpty()) {
      throw new AssertionError("a message was not answered");
    }
    for (Event event : account.heard) {
      if (event instanceof Event.MessageReceived(var received)) {
        JsonNode json = MessageJson.of(received.content()).orElse(null);
        if (json != null && json.toString().isEmpty()) {
          throw new AssertionError("no JSON");
        }
      }
    }
  }
}
