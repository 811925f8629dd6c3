package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import wildcat.cli.output.Colour;
import wildcat.cli.output.Table;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `webhook list`.
@Command(name = "list", description = "List the webhooks.")
final class WebhookList extends ServerCommand {
  WebhookList(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(api.get(Route.of("v1", "webhooks")), this::table);
  }

  private void table(JsonNode answer) {
    var table = new Table("ID", "URL", "STATUS", "PENDING", "CREATED");
    for (JsonNode webhook : answer.path("webhooks")) {
      table
          .row()
          .cell(webhook.path("id").asText())
          .cell(webhook.path("url").asText())
          .cell(webhook.path("status").asText(), Colour.ofStatus(webhook.path("status").asText()))
          .cell(webhook.path("pending").asText())
          .cell(webhook.path("createdAt").asText());
    }
    if (table.isEmpty()) {
      console().line("no webhooks");
    } else {
      table.print(console());
    }
  }
}
