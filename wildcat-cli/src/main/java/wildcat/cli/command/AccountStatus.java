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
    return print(api.get(Route.of("v1", "accounts", id, "status")), this::line);
  }

  private void line(JsonNode answer) {
    var status = answer.path("status").asText("?");
    var line = new StringBuilder(Text.clean(id)).append("  ");
    line.append(console().paint(Colour.ofStatus(status), Text.clean(status)));
    line.append(" since ").append(Text.clean(answer.path("since").asText("?")));
    if (answer.hasNonNull("until")) {
      line.append(" until ").append(Text.clean(answer.path("until").asText()));
    }
    if (!answer.path("reason").asText("").isEmpty()) {
      line.append(": ").append(Text.clean(answer.path("reason").asText()));
    }
    console().line(line.toString());
    if (answer.path("hasQr").asBoolean()) {
      console().line("a QR code waits: wildcat account qr " + Text.clean(id));
    }
  }
}
