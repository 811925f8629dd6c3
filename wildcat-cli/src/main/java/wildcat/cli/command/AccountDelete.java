package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account delete`.
@Command(
    name = "delete",
    description = "Delete an account and its keys; its messages stay unless --purge is given.")
final class AccountDelete extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The account's id.")
  private String id = "";

  @Option(names = "--purge", description = "Erase its messages and media, too.")
  private boolean purge;

  AccountDelete(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    var route = Route.of("accounts", id);
    return print(
        api.delete(purge ? route.with("purge", "true") : route),
        _ -> console().line("deleted " + Text.clean(id)));
  }
}
