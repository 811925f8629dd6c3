package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `message reply`.
@Command(name = "reply", description = "Send a text that quotes a message.")
final class MessageReply extends ServerCommand {
  @Mixin private final TextToSend message = new TextToSend();

  @Parameters(index = "2", paramLabel = "MESSAGE-ID", description = "The message that is answered.")
  private String quoted = "";

  @Parameters(
      index = "3",
      paramLabel = "TEXT",
      description = "The text, or - to read it from stdin.")
  private String text = "";

  MessageReply(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    var route = Route.of("accounts", message.account(), "message", "reply");
    var body = message.body(text).put("quotedMessageId", quoted);
    return print(
        api.postOnce(route, body, message.idempotencyKey()),
        answer ->
            console()
                .line(
                    "sent "
                        + Text.clean(answer.path("messageId").asText() + " to " + message.to())));
  }
}
