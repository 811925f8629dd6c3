package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Json;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `key create`. The key is printed this once; the server keeps only its hash.
@Command(name = "create", description = "Create a key and print it. It is shown only now.")
final class KeyCreate extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "What it is for.")
  private @Nullable String name;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "read, send, manage or admin; may be repeated (default: read,send).")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "ID",
      split = ",",
      description = "Only for this account; may be repeated (default: all).")
  private List<String> accounts = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it ends, such as 2027-01-31T00:00:00Z.")
  private @Nullable String expires;

  KeyCreate(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    var body = Json.object();
    if (name != null) {
      body.put("name", name);
    }
    var wanted = body.putArray("scopes");
    (scopes.isEmpty() ? List.of("read", "send") : scopes).forEach(wanted::add);
    if (!accounts.isEmpty()) {
      var list = body.putArray("accounts");
      accounts.forEach(list::add);
    }
    if (expires != null) {
      body.put("expiresAt", expires);
    }
    return print(api.post(Route.of("v1", "keys"), body), this::key);
  }

  private void key(JsonNode answer) {
    console().line(answer.path("key").asText());
    console().complain("keep it now: the server stores only its hash");
  }
}
