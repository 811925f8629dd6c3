package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import wildcat.cli.output.Colour;
import wildcat.cli.output.Table;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account list`.
@Command(name = "list", description = "List the accounts with their status.")
final class AccountList extends ServerCommand {
  AccountList(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(api.get(Route.of("v1", "accounts")), this::table);
  }

  private void table(JsonNode answer) {
    var table = new Table("ID", "NAME", "STATUS", "CREATED");
    for (JsonNode account : answer.path("accounts")) {
      var status = account.path("status").asText("?");
      table
          .row()
          .cell(account.path("id").asText())
          .cell(account.path("name").asText(), 30)
          .cell(
              account.path("hasQr").asBoolean() ? status + " (QR waits)" : status,
              Colour.ofStatus(status))
          .cell(account.path("createdAt").asText());
    }
    if (table.isEmpty()) {
      console().line("no accounts yet; make one: wildcat account create ID --qr");
    } else {
      table.print(console());
    }
  }
}
