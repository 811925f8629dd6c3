package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `key revoke`.
@Command(name = "revoke", description = "Revoke a key; it works no more from now on.")
final class KeyRevoke extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The key's id, from key list.")
  private String id = "";

  KeyRevoke(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(
        api.delete(Route.of("v1", "keys", id)), _ -> console().line("revoked " + Text.clean(id)));
  }
}
