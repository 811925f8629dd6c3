package wildcat.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import wildcat.simulator.admin.Route.Request;
import wildcat.simulator.fault.Action;
import wildcat.simulator.fault.Direction;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.fault.Match;
import wildcat.simulator.fault.Rule;

/// Faults by HTTP. A rule looks like
/// `{"match": {"direction": "outgoing", "tag": "message"}, "action": {"do": "corrupt-enc"}, "count": 1}`.
final class FaultRoutes {
  private final Faults faults;

  FaultRoutes(Faults faults) {
    this.faults = faults;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/admin/faults", this::arm),
        Route.of("GET", "/admin/faults", _ -> Optional.of(armed())),
        Route.of("DELETE", "/admin/faults", _ -> clear()),
        Route.of("POST", "/admin/devices/*/consume-pre-keys", this::consumePreKeys),
        Route.of("POST", "/admin/devices/*/redeliver", this::redeliver),
        Route.of("POST", "/admin/devices/*/cut", this::cut));
  }

  private Optional<Object> arm(Request request) throws Refused {
    JsonNode body = request.body();
    try {
      var rule =
          new Rule(
              match(body.path("match")),
              action(body.path("action")),
              body.path("skip").asInt(0),
              body.path("count").asInt(1));
      return Optional.of(Map.of("number", faults.arm(rule)));
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "not a rule: " + e.getMessage());
    }
  }

  private static Match match(JsonNode node) throws Refused {
    String direction = node.path("direction").asText("").toUpperCase(Locale.ROOT);
    if (!direction.equals("INCOMING") && !direction.equals("OUTGOING")) {
      throw new Refused(400, "match.direction must be incoming or outgoing");
    }
    return new Match(
        Direction.valueOf(direction),
        node.path("device").asText(""),
        node.path("tag").asText(""),
        node.path("type").asText(""),
        node.path("namespace").asText(""),
        node.path("child").asText(""),
        node.path("id").asText(""));
  }

  private static Action action(JsonNode node) throws Refused {
    int code = node.path("code").asInt(500);
    return switch (node.path("do").asText("")) {
      case "drop" -> new Action.Drop();
      case "delay" -> new Action.Delay(Duration.ofMillis(node.path("ms").asLong(0)));
      case "duplicate" -> new Action.Duplicate();
      case "corrupt-enc" -> new Action.CorruptEnc();
      case "cut-before" -> new Action.CutBefore();
      case "cut-after" -> new Action.CutAfter();
      case "stream-error" -> new Action.StreamError(code);
      case "failure" -> new Action.Failure(code);
      case "iq-error" -> new Action.IqError(code, node.path("text").asText("error"));
      case "ack-error" -> new Action.AckError(code);
      default ->
          throw new Refused(
              400,
              "action.do must be drop, delay, duplicate, corrupt-enc, cut-before, cut-after,"
                  + " stream-error, failure, iq-error or ack-error");
    };
  }

  /// @param action name of the action
  record ShownRule(int number, String action, int skip, int count, int seen, int fired) {}

  private List<ShownRule> armed() {
    return faults.armed().stream()
        .map(a ->
            new ShownRule(
                a.number(),
                a.rule().action().getClass().getSimpleName(),
                a.rule().skip(),
                a.rule().count(),
                a.seen(),
                a.fired()))
        .toList();
  }

  private Optional<Object> clear() {
    faults.clear();
    return Optional.empty();
  }

  private Optional<Object> consumePreKeys(Request request) throws Refused {
    return Optional.of(Map.of("consumed", faults.consumePreKeys(Request.jid(request.argument(0)))));
  }

  private Optional<Object> redeliver(Request request) throws Refused {
    return Optional.of(Map.of("stanzas", faults.redeliverAll(Request.jid(request.argument(0)))));
  }

  private Optional<Object> cut(Request request) throws Refused {
    return Optional.of(Map.of("cut", faults.cut(Request.jid(request.argument(0)))));
  }
}
