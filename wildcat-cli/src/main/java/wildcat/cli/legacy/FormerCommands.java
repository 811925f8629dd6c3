package wildcat.cli.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.cli.command.Exit;
import wildcat.cli.command.Setup;
import wildcat.cli.command.Wildcat;
import wildcat.cli.output.Json;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Finding;
import wildcat.cli.rest.KeyUnreadable;
import wildcat.cli.rest.Refused;
import wildcat.cli.rest.Route;

/// The commands of `scripts/cli.js` of Wildcat 2.0.0: the server's answer as indented JSON on stdout; any failure is a
/// line on stderr and exit code 1. `ping` and `messages` have the same name today and are not here.
/// Source: docs/cli.md, section on the former names.
public final class FormerCommands {
  private static final Map<String, String> USAGE =
      Map.ofEntries(
          Map.entry("accounts", ""),
          Map.entry("accounts:list", ""),
          Map.entry("account:status", "<accountId>"),
          Map.entry("account:create", "<accountId> [accountName]"),
          Map.entry("account:create:qr", "<accountId> [accountName]"),
          Map.entry("account:delete", "<accountId>"),
          Map.entry("account:connect", "<accountId>"),
          Map.entry("account:disconnect", "<accountId>"),
          Map.entry("message:send", "<accountId> <to> <message>"),
          Map.entry("messages:all", ""),
          Map.entry("webhook:add", "<url>"),
          Map.entry("logs:app", ""),
          Map.entry("logs:http", ""),
          Map.entry("logs:baileys", ""));

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final int LOOKS_FOR_A_CODE = 60;

  private final Setup setup;

  public FormerCommands(Setup setup) {
    this.setup = setup;
  }

  /// Whether the predecessor had a command of this name that is not also one of today's.
  public static boolean has(String name) {
    return USAGE.containsKey(name);
  }

  /// Runs one.
  ///
  /// @return 0, or 1 after any failure
  public int run(String name, List<String> arguments) {
    try {
      if (name.startsWith("logs:")) {
        return logs(name);
      }
      var place = new Finding(setup.settings()).find(Optional.empty(), Optional.empty());
      return run(name, new Words(name, arguments), new Api(place, ANSWER_LIMIT));
    } catch (ApiFailed | KeyUnreadable | IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      return failed("interrupted");
    }
  }

  private int run(String name, Words words, Api api) throws ApiFailed, InterruptedException {
    var accounts = Route.of("accounts");
    return switch (name) {
      case "accounts" -> compact(api.get(accounts));
      case "accounts:list" -> print(api.get(accounts));
      case "account:status" -> print(api.get(Route.of("accounts", words.first(), "status")));
      case "account:create" -> print(api.post(accounts, words.account()));
      case "account:create:qr" -> createWithCode(api, words);
      case "account:delete" -> print(api.delete(Route.of("accounts", words.first())));
      case "account:connect" -> print(api.post(Route.of("accounts", words.first(), "connect")));
      case "account:disconnect" ->
          print(api.post(Route.of("accounts", words.first(), "disconnect")));
      case "message:send" ->
          print(
              api.post(
                  Route.of("accounts", words.first(), "message", "send"),
                  Json.object().put("to", words.get(1)).put("message", words.get(2))));
      case "messages:all" -> print(api.get(Route.of("messages")));
      case "webhook:add" ->
          print(api.post(Route.of("webhooks"), Json.object().put("url", words.first())));
      default -> throw new IllegalStateException("no such command: " + name);
    };
  }

  /// The arguments of one call.
  private record Words(String command, List<String> words) {
    String first() {
      return get(0);
    }

    String get(int index) {
      if (index >= words.size() || words.get(index).isEmpty()) {
        throw new IllegalArgumentException("Usage: wildcat " + command + " " + USAGE.get(command));
      }
      return words.get(index);
    }

    JsonNode account() {
      return Json.object()
          .put("id", first())
          .put("name", words.size() > 1 ? words.get(1) : first());
    }
  }

  private int print(JsonNode answer) {
    setup.console().json(answer);
    return Exit.OK;
  }

  private int compact(JsonNode answer) {
    for (JsonNode account : answer.path("accounts")) {
      var line = Json.object();
      line.set("id", account.path("_id"));
      line.set("name", account.path("name"));
      line.set("status", account.path("currentStatus"));
      line.set("hasQR", account.path("hasQR"));
      setup.console().json(line);
    }
    return Exit.OK;
  }

  /// Creates the account if it is not there, connects it, and prints the first code it shows.
  private int createWithCode(Api api, Words words) throws ApiFailed, InterruptedException {
    var id = words.first();
    try {
      api.post(Route.of("accounts"), words.account());
    } catch (Refused refused) {
      if (refused.status() != 400 && refused.status() != 409) {
        throw refused;
      }
      api.get(Route.of("accounts", id)); // there already; anything else fails here
    }
    api.post(Route.of("accounts", id, "connect"));
    setup.console().complain("Waiting for QR for " + id + " (60s timeout)...");
    for (int look = 0; look < LOOKS_FOR_A_CODE; look++) {
      if (drawn(api, id)) {
        setup.console().complain("Scan this QR with WhatsApp to link account: " + id);
        return Exit.OK;
      }
      setup.pace().pause(BETWEEN_LOOKS);
    }
    return failed("Timed out waiting for QR for " + id);
  }

  private boolean drawn(Api api, String id) throws ApiFailed {
    try {
      if (api.get(Route.of("accounts", id, "status")).path("qr").asText("").isEmpty()) {
        return false;
      }
      setup.console().line(api.text(Route.of("v1", "accounts", id, "qr")).stripTrailing());
      return true;
    } catch (Refused refused) {
      if (refused.status() == 404 || refused.status() == 409) {
        return false; // between two connections, or renewed since we looked
      }
      throw refused;
    }
  }

  /// The predecessor piped `tail -f` through `jq`: the last ten lines, then what follows, until Ctrl-C.
  private int logs(String name) {
    var log = name.equals("logs:baileys") ? "whatsapp" : name.substring("logs:".length());
    return Wildcat.run(setup, "", List.of("logs", log, "-n", "10", "-f", "--json"));
  }

  private int failed(String message) {
    setup.console().complain(message);
    return 1;
  }
}
