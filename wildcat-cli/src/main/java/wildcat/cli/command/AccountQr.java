package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `account qr`: starts the linking of an account that exists.
@Command(
    name = "qr",
    description = "Draw the account's QR code, renewed until a phone has scanned it.")
final class AccountQr extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The account's id.")
  private String id = "";

  @Option(names = "--once", description = "Print the code that is there now and do not wait.")
  private boolean once;

  @Mixin private final LinkOptions link = new LinkOptions();

  AccountQr(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed, InterruptedException {
    var route = Route.of("v1", "accounts", id, "qr");
    if (once && json()) {
      console().json(api.get(route));
      return Exit.OK;
    }
    if (once) {
      console().line(api.text(route).stripTrailing());
      return Exit.OK;
    }
    api.post(Route.of("accounts", id, "connect"));
    return new Linking(api, console(), pace(), json()).watch(id, link.limit());
  }
}
