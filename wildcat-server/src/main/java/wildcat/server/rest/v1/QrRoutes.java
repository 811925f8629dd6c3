package wildcat.server.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import wildcat.api.Json;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountId;
import wildcat.server.command.ShowLinkCode;
import wildcat.server.key.Scope;
import wildcat.server.qr.QrCode;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;

/// The code to scan, as JSON, picture, vector graphic or text, whichever the header `Accept` names first.
public final class QrRoutes {
  private final ShowLinkCode showLinkCode;
  private final InstantSource clock;

  public QrRoutes(ShowLinkCode showLinkCode, InstantSource clock) {
    this.showLinkCode = showLinkCode;
    this.clock = clock;
  }

  public List<Route> routes() {
    // whoever can see the code can take the account over: reading is not enough
    return List.of(
        Route.get("/v1/accounts/{id}/qr", Scope.MANAGE, this::show)
            .says(
                Doc.of("The code to scan")
                    .text("In the form that the header `Accept` names first.")
                    .in("accounts")
                    .answers(200, wildcat.api.v1.QrCode.class)
                    .answersBytes(200, "image/png")
                    .answersBytes(200, "image/svg+xml")
                    .answersBytes(200, "text/plain")
                    .fails(406, 409)));
  }

  private void show(Call call) throws Exception {
    AccountId id = AccountRoutes.id(call);
    String form = form(call.header("Accept").orElse("*/*"));
    ShownCode code = showLinkCode.show(id);
    long seconds = Math.max(0, Duration.between(clock.instant(), code.validUntil()).toSeconds());
    call.header("X-Valid-For-Seconds", Long.toString(seconds));
    call.header("Vary", "Accept");
    switch (form) {
      case "image/png" -> call.bytes(200, form, QrCode.of(code.text()).png());
      case "image/svg+xml" -> call.bytes(200, form, QrCode.of(code.text()).svg().getBytes(UTF_8));
      case "text/plain" ->
          call.bytes(
              200, "text/plain; charset=utf-8", QrCode.of(code.text()).text().getBytes(UTF_8));
      default ->
          call.json(
              200,
              new wildcat.api.v1.QrCode(
                  true, id.value(), code.text(), seconds, Json.time(code.validUntil())));
    }
  }

  private static String form(String accept) throws HttpFault {
    for (String part : accept.split(",", 20)) {
      String type = part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      switch (type) {
        case "image/png", "image/svg+xml", "text/plain", "application/json" -> {
          return type;
        }
        case "image/*" -> {
          return "image/png";
        }
        case "text/*" -> {
          return "text/plain";
        }
        case "*/*", "application/*" -> {
          return "application/json";
        }
        default -> {}
      }
    }
    throw new HttpFault(
        406,
        "not_acceptable",
        "there are application/json, image/png, image/svg+xml and text/plain");
  }
}
