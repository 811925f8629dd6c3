package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Json;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `webhook add`.
@Command(name = "add", description = "Add a webhook: events are posted to its URL, signed.")
final class WebhookAdd extends ServerCommand {
  @Parameters(paramLabel = "URL", description = "http or https.")
  private String target = "";

  @Option(
      names = "--event",
      paramLabel = "TYPE",
      split = ",",
      description =
          "Only these: message.received, or message.* for a kind; may be repeated (default: all).")
  private List<String> events = new ArrayList<>();

  WebhookAdd(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    var body = Json.object().put("url", target);
    if (!events.isEmpty()) {
      var wanted = body.putArray("events");
      events.forEach(wanted::add);
    }
    return print(api.post(Route.of("v1", "webhooks"), body), this::lines);
  }

  private void lines(JsonNode answer) {
    console()
        .line(
            "added "
                + Text.clean(answer.path("url").asText() + " as " + answer.path("id").asText()));
    console().line("its secret, to check signatures with, is shown only now:");
    console().line(Text.clean(answer.path("secret").asText()));
  }
}
