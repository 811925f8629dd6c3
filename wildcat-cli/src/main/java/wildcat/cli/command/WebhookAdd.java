package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Json;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `webhook add`.
@Command(name = "add", description = "Add a webhook: every message is posted to its URL.")
final class WebhookAdd extends ServerCommand {
  @Parameters(paramLabel = "URL", description = "http or https.")
  private String target = "";

  WebhookAdd(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(api.post(Route.of("webhooks"), Json.object().put("url", target)), this::lines);
  }

  private void lines(JsonNode answer) {
    var known = answer.has("created") && !answer.path("created").asBoolean();
    console()
        .line(
            (known ? "known already: " : "added ") + Text.clean(answer.path("url").asText(target)));
    if (answer.hasNonNull("secret")) {
      console()
          .line(
              "its secret, to check signatures with (shown only now): "
                  + answer.path("secret").asText());
    }
  }
}
