package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account logout`.
@Command(
    name = "logout",
    description = "Unlink an account from its phone; linking again needs a new code.")
final class AccountLogout extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The account's id.")
  private String id = "";

  AccountLogout(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(
        api.post(Route.of("v1", "accounts", id, "logout")),
        _ -> console().line("unlinked " + Text.clean(id)));
  }
}
