package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `webhook enable`.
@Command(name = "enable", description = "Switch a webhook on again that was disabled for failing.")
final class WebhookEnable extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The webhook's id, from webhook list.")
  private String id = "";

  WebhookEnable(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(
        api.post(Route.of("v1", "webhooks", id, "enable")),
        _ -> console().line("enabled " + Text.clean(id)));
  }
}
