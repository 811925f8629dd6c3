package wildcat.cli.command;

import picocli.CommandLine.Command;
import wildcat.cli.output.Colour;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `ping`: does the server answer? JSON where stdout is no terminal, as the predecessor printed it.
@Command(name = "ping", description = "Ask whether the server answers.")
final class Ping extends ServerCommand {
  Ping(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    long asked = pace().nanoTime();
    var answer = api.get(Route.of("ping"));
    long millis = (pace().nanoTime() - asked) / 1_000_000;
    if (!console().terminal()) {
      console().json(answer);
      return Exit.OK;
    }
    return print(
        answer,
        _ ->
            console()
                .line(
                    "%s %s answers (%d ms)"
                        .formatted(
                            console().paint(Colour.GREEN, "ok"), api.place().address(), millis)));
  }
}
