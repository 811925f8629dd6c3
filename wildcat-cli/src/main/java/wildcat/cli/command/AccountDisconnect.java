package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account disconnect`.
@Command(name = "disconnect", description = "Disconnect an account; the phone stays linked.")
final class AccountDisconnect extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The account's id.")
  private String id = "";

  AccountDisconnect(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(
        api.post(Route.of("accounts", id, "disconnect")),
        _ -> console().line("disconnected " + Text.clean(id) + "; its phone stays linked"));
  }
}
