package wildcat.cli.command;

import java.time.Duration;
import wildcat.cli.output.Colour;
import wildcat.cli.output.Console;
import wildcat.cli.output.Json;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Refused;
import wildcat.cli.rest.Route;

/// Watches an account until it is linked, drawing each new code: on a terminal over the old one, elsewhere below it.
final class Linking {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Api api;
  private final Console console;
  private final Pace pace;
  private final boolean json;

  private String drawn = "";
  private String explained = "";
  private int linesDrawn;

  Linking(Api api, Console console, Pace pace, boolean json) {
    this.api = api;
    this.console = console;
    this.pace = pace;
    this.json = json;
  }

  /// Returns when the account is linked and connected, when it cannot become so any more, or after `limit`.
  int watch(String id, Duration limit) throws ApiFailed, InterruptedException {
    long deadline = pace.nanoTime() + limit.toNanos();
    if (!json) {
      console.complain("waiting for the QR code of " + Text.clean(id) + " ...");
    }
    while (true) {
      var account = api.get(Route.of("v1", "accounts", id, "status"));
      var status = account.path("status").asText("");
      if (status.equals("connected")) {
        return linked(id);
      }
      if (hopeless(status)) {
        console.complain(
            Text.clean(
                "wildcat: the account cannot be linked now: "
                    + status
                    + " "
                    + account.path("reason").asText("")));
        return Exit.REFUSED;
      }
      if (account.path("hasQr").asBoolean()) {
        draw(id);
      } else {
        explain(account.path("reason").asText(""));
      }
      if (pace.nanoTime() >= deadline) {
        console.complain(
            "wildcat: no phone has scanned the code within %d s; again: wildcat account qr %s"
                .formatted(limit.toSeconds(), Text.clean(id)));
        return Exit.TIMEOUT;
      }
      pace.pause(BETWEEN_LOOKS);
    }
  }

  /// Says why there is no code yet, each reason once.
  private void explain(String reason) {
    if (!json && !reason.isEmpty() && !reason.equals(explained)) {
      console.complain(Text.clean("no code yet: " + reason));
      explained = reason;
    }
  }

  private static boolean hopeless(String status) {
    return switch (status) {
      case "banned", "key_error", "conflict" -> true;
      default -> false;
    };
  }

  /// Draws the code if it is another than the one drawn last; one that was scanned or renewed since we looked is left.
  private void draw(String id) throws ApiFailed {
    try {
      var route = Route.of("v1", "accounts", id, "qr");
      var code = api.get(route).path("qr").asText("");
      if (code.isEmpty() || code.equals(drawn)) {
        return;
      }
      if (json) {
        console.jsonLine(Json.object().put("event", "qr").put("accountId", id).put("qr", code));
      } else {
        picture(api.text(route).stripTrailing());
      }
      drawn = code;
    } catch (Refused refused) {
      if (refused.status() != 404 && refused.status() != 409) {
        throw refused;
      }
    }
  }

  private void picture(String picture) {
    if (console.terminal() && linesDrawn > 0) {
      console.out().print("\u001b[" + linesDrawn + "A\u001b[J");
    }
    console.line(picture);
    console.line(
        "On the phone: WhatsApp > Settings > Linked devices > Link a device, then scan this code.");
    console.out().flush();
    linesDrawn = (int) picture.lines().count() + 1;
  }

  private int linked(String id) {
    if (json) {
      console.jsonLine(
          Json.object().put("event", "linked").put("accountId", id).put("status", "connected"));
    } else {
      console.line(console.paint(Colour.GREEN, "linked") + ": " + Text.clean(id) + " is connected");
    }
    return Exit.OK;
  }
}
