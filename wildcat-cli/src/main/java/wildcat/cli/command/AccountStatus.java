package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Colour;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account status`.
@Command(name = "status", description = "Show the live state of an account's connection.")
final class AccountStatus extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The account's id.")
  private String id = "";

  AccountStatus(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(api.get(Route.of("accounts", id, "status")), this::line);
  }

  private void line(JsonNode answer) {
    var status = answer.path("status").asText("?");
    console()
        .line(Text.clean(id) + "  " + console().paint(Colour.ofStatus(status), Text.clean(status)));
    if (!answer.path("qr").asText("").isEmpty()) {
      console().line("a QR code waits: wildcat account qr " + Text.clean(id));
    }
  }
}
