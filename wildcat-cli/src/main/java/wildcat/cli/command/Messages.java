package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wildcat.cli.output.Json;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `messages`: a table on a terminal. Where stdout is no terminal it prints what the predecessor's `messages` printed:
/// one document `{accountId, from, message, timestamp}` after the other.
@Command(name = "messages", description = "List stored messages, newest first.")
final class Messages extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "ACCOUNT", description = "Only this account's messages.")
  private @Nullable String account;

  @Option(names = "--chat", paramLabel = "CHAT", description = "Only this chat's; needs ACCOUNT.")
  private @Nullable String chat;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many, at most 500 (default: 50).")
  private int limit = 50;

  @Spec private CommandSpec spec = CommandSpec.create();

  Messages(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    if (limit < 1 || limit > 500) {
      throw new ParameterException(spec.commandLine(), "--limit is 1 to 500, not " + limit);
    }
    var answer = api.get(route().with("limit", Integer.toString(limit)));
    if (!json() && !console().terminal()) {
      answer.path("messages").forEach(message -> console().json(former(message)));
      return Exit.OK;
    }
    return print(
        answer,
        _ -> {
          var table = Stored.table(answer.path("messages"));
          if (table.isEmpty()) {
            console().line("no messages");
          } else {
            table.print(console());
          }
        });
  }

  private Route route() {
    if (chat != null) {
      if (account == null) {
        throw new ParameterException(
            spec.commandLine(), "--chat needs the account: wildcat messages ACCOUNT --chat CHAT");
      }
      return Route.of("accounts", account, "chats", chat, "messages");
    }
    return account == null ? Route.of("messages") : Route.of("messages").with("accountId", account);
  }

  private static JsonNode former(JsonNode message) {
    var document = Json.object();
    document.set("accountId", message.path("accountId"));
    document.set("from", message.path("from"));
    document.put(
        "message", message.path("text").isTextual() ? message.path("text").asText() : null);
    document.put("timestamp", Stored.seconds(message.path("timestamp")));
    return document;
  }
}
