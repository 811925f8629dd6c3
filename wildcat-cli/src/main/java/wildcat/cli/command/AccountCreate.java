package wildcat.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Json;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account create`, with `--qr` until the phone has scanned.
@Command(
    name = "create",
    description =
        "Create an account; the server starts it at once. With --qr, draw its code and wait for the phone.")
final class AccountCreate extends ServerCommand {
  @Parameters(
      paramLabel = "ID",
      description = "The account's id: letters, digits, dot, dash, underscore.")
  private String id = "";

  @Option(names = "--name", paramLabel = "NAME", description = "A name for people; else the id.")
  private @Nullable String name;

  @Option(names = "--qr", description = "Draw the QR code and wait until a phone has scanned it.")
  private boolean qr;

  @Mixin private final LinkOptions link = new LinkOptions();

  AccountCreate(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed, InterruptedException {
    var body = Json.object().put("id", id).put("name", name == null ? id : name);
    var answer = api.post(Route.of("accounts"), body);
    if (qr) {
      return new Linking(api, console(), pace(), json()).watch(id, link.limit());
    }
    return print(
        answer,
        _ -> {
          console().line("created " + Text.clean(id));
          console().line("link it: wildcat account qr " + Text.clean(id));
        });
  }
}
