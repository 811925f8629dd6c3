package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `webhook remove`.
@Command(name = "remove", description = "Remove a webhook.")
final class WebhookRemove extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The webhook's id, from webhook list.")
  private String id = "";

  WebhookRemove(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(
        api.delete(Route.of("v1", "webhooks", id)),
        _ -> console().line("removed " + Text.clean(id)));
  }
}
