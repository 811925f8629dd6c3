package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Table;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// `chat list`.
@Command(name = "list", description = "List an account's chats with their last message.")
final class ChatList extends ServerCommand {
  @Parameters(paramLabel = "ACCOUNT", description = "The account's id.")
  private String account = "";

  ChatList(Setup setup) {
    super(setup);
  }

  @Override
  int run(Api api) throws ApiFailed {
    return print(api.get(Route.of("accounts", account, "chats")), this::table);
  }

  private void table(JsonNode answer) {
    var table = new Table("CHAT", "MESSAGES", "LAST", "", "TEXT");
    for (JsonNode chat : answer.path("chats")) {
      var last = chat.path("lastMessage");
      table
          .row()
          .cell(chat.path("chatId").asText())
          .cell(chat.path("messageCount").asText())
          .cell(Stored.time(last.path("timestamp")))
          .cell(last.path("fromMe").asBoolean() ? "->" : "<-")
          .cell(Stored.text(last), 60);
    }
    if (table.isEmpty()) {
      console().line("no chats");
    } else {
      table.print(console());
    }
  }
}
