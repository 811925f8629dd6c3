package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import wildcat.cli.output.Table;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `key list`.
@Command(
    name = "list",
    description = "List the keys: never their text, which nobody has but their owners.")
final class KeyList extends ServerCommand {
  KeyList(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(api.get(Route.of("v1", "keys")), this::table);
  }

  private void table(JsonNode answer) {
    var table = new Table("ID", "NAME", "SCOPES", "ACCOUNTS", "EXPIRES", "LAST USED");
    for (JsonNode key : answer.path("keys")) {
      table
          .row()
          .cell(key.path("id").asText())
          .cell(key.path("name").asText(""), 30)
          .cell(list(key.path("scopes"), "-"))
          .cell(list(key.path("accounts"), "all"))
          .cell(key.path("expiresAt").asText("never"))
          .cell(key.path("lastUsedAt").asText("never"));
    }
    table.print(console());
  }

  private static String list(JsonNode values, String none) {
    var texts = new ArrayList<String>();
    values.forEach(value -> texts.add(value.asText()));
    return texts.isEmpty() ? none : String.join(",", texts);
  }
}
