package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account show`.
@Command(name = "show", description = "Show what is stored of an account.")
final class AccountShow extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The account's id.")
  private String id = "";

  AccountShow(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(
        api.get(Route.of("v1", "accounts", id)),
        answer -> Fields.print(console(), answer.path("account")));
  }
}
