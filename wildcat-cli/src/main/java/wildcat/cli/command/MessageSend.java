package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `message send`.
@Command(name = "send", description = "Send a text.")
final class MessageSend extends ServerCommand {
  @Mixin private final TextToSend message = new TextToSend();

  @Parameters(
      index = "2",
      paramLabel = "TEXT",
      description = "The text, or - to read it from stdin.")
  private String text = "";

  MessageSend(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    var route = Route.of("accounts", message.account(), "message", "send");
    return print(
        api.postOnce(route, message.body(text), message.idempotencyKey()),
        answer ->
            console()
                .line(
                    "sent "
                        + Text.clean(answer.path("messageId").asText() + " to " + message.to())));
  }
}
