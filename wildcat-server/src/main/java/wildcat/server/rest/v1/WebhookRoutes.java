package wildcat.server.rest.v1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.api.Json;
import wildcat.api.v1.Done;
import wildcat.api.v1.NewWebhook;
import wildcat.api.v1.WebhookAnswer;
import wildcat.api.v1.WebhookCreated;
import wildcat.api.v1.WebhookList;
import wildcat.api.v1.WebhookView;
import wildcat.client.store.Outbox;
import wildcat.client.store.StoreFailed;
import wildcat.server.command.Refusal;
import wildcat.server.command.RegisterWebhook;
import wildcat.server.egress.Target;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;
import wildcat.server.store.WebhookRow;
import wildcat.server.webhook.Dispatcher;
import wildcat.server.webhook.Webhooks;

/// Webhooks. They see all accounts, so a key that is limited to some has no business here.
public final class WebhookRoutes {
  private final Webhooks webhooks;
  private final RegisterWebhook registerWebhook;
  private final Dispatcher dispatcher;
  private final Outbox outbox;

  public WebhookRoutes(Webhooks webhooks, Dispatcher dispatcher, Outbox outbox) {
    this.webhooks = webhooks;
    this.registerWebhook = new RegisterWebhook(webhooks);
    this.dispatcher = dispatcher;
    this.outbox = outbox;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/webhooks", Scope.MANAGE, this::list)
            .says(Doc.of("List webhooks").answers(200, WebhookList.class)),
        Route.post("/v1/webhooks", Scope.MANAGE, this::create)
            .says(
                Doc.of("Add a webhook")
                    .text("`secret` is shown this once.")
                    .body(NewWebhook.class)
                    .answers(201, WebhookCreated.class)
                    .fails(409)),
        Route.get("/v1/webhooks/{webhook}", Scope.MANAGE, this::show)
            .says(Doc.of("Get a webhook").answers(200, WebhookAnswer.class)),
        Route.post("/v1/webhooks/{webhook}/enable", Scope.MANAGE, this::enable)
            .says(Doc.of("Use a webhook again").answers(200, WebhookAnswer.class)),
        Route.delete("/v1/webhooks/{webhook}", Scope.MANAGE, this::remove)
            .says(
                Doc.of("Remove a webhook")
                    .text("With everything it is still owed.")
                    .answers(200, Done.class)));
  }

  private void list(Call call) throws Exception {
    wholeInstallation(call);
    var views = new ArrayList<WebhookView>();
    for (WebhookRow webhook : webhooks.all()) {
      views.add(view(webhook));
    }
    call.json(200, new WebhookList(true, views));
  }

  private void create(Call call) throws Exception {
    wholeInstallation(call);
    NewWebhook wanted = call.body(NewWebhook.class);
    if (wanted.url() == null || wanted.url().isEmpty()) {
      throw new Refusal(Refusal.Reason.INVALID, "url is required and must be a string");
    }
    WebhookRow webhook =
        registerWebhook.create(wanted.url(), wanted.events() == null ? List.of() : wanted.events());
    call.json(201, new WebhookCreated(true, webhook.secret(), view(webhook)));
  }

  private void show(Call call) throws Exception {
    wholeInstallation(call);
    call.json(
        200,
        new WebhookAnswer(
            true, view(webhooks.find(call.path("webhook")).orElseThrow(WebhookRoutes::unknown))));
  }

  private void enable(Call call) throws Exception {
    wholeInstallation(call);
    WebhookRow webhook = webhooks.enable(call.path("webhook")).orElseThrow(WebhookRoutes::unknown);
    dispatcher.wake(webhook.id());
    call.json(200, new WebhookAnswer(true, view(webhook)));
  }

  private void remove(Call call) throws Exception {
    wholeInstallation(call);
    String id = call.path("webhook");
    if (!webhooks.remove(id)) {
      throw unknown();
    }
    dispatcher.wake(id);
    call.json(200, Done.DONE);
  }

  private WebhookView view(WebhookRow webhook) throws StoreFailed {
    Optional<Dispatcher.Health> health = dispatcher.health(webhook.id());
    boolean paused = health.isPresent() && health.get().paused();
    Optional<Instant> since = health.flatMap(Dispatcher.Health::failingSince);
    return new WebhookView(
        webhook.id(),
        shown(webhook.url()),
        webhook.events(),
        webhook.legacy(),
        webhook.disabled() ? "disabled" : paused ? "paused" : "active",
        webhook.disabled() ? webhook.reason() : health.map(Dispatcher.Health::reason).orElse(""),
        since.map(Json::time).orElse(webhook.failingSince()),
        outbox.pending(webhook.id()),
        webhook.createdAt());
  }

  private static String shown(String url) {
    try {
      return Target.parse(url).toString();
    } catch (Target.NotATarget _) {
      return "";
    }
  }

  static void wholeInstallation(Call call) throws HttpFault {
    if (!call.caller().mayTouchAll()) {
      throw HttpFault.forbidden("webhooks see all accounts; this key is limited to some");
    }
  }

  private static Refusal unknown() {
    return new Refusal(Refusal.Reason.WEBHOOK_UNKNOWN, "there is no such webhook");
  }
}
