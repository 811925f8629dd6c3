package wildcat.server.rest.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import wildcat.api.legacy.NewWebhook;
import wildcat.api.legacy.WebhookRegistered;
import wildcat.client.store.StoreFailed;
import wildcat.server.command.Refusal;
import wildcat.server.command.RegisterWebhook;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;
import wildcat.server.webhook.Dispatcher;
import wildcat.server.webhook.Webhooks;

/// `POST /webhooks`: one webhook per URL, which gets what the predecessor sent.
public final class LegacyWebhooks {
  private final RegisterWebhook registerWebhook;
  private final Dispatcher dispatcher;

  public LegacyWebhooks(Webhooks webhooks, Dispatcher dispatcher) {
    this.registerWebhook = new RegisterWebhook(webhooks);
    this.dispatcher = dispatcher;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/webhooks", Scope.MANAGE, this::register)
            .says(
                Doc.of("Register a webhook")
                    .text("It gets what the predecessor sent.")
                    .body(NewWebhook.class)
                    .answers(201, WebhookRegistered.class)
                    .answers(200, WebhookRegistered.class)));
  }

  private void register(Call call) throws Exception {
    if (!call.caller().mayTouchAll()) {
      throw HttpFault.forbidden("webhooks see all accounts; this key is limited to some");
    }
    JsonNode url = call.body().path("url");
    if (Call.isFalsy(url) || !url.isTextual()) {
      throw LegacyFault.of(400, "url is required and must be a string");
    }
    try {
      Webhooks.Registered registered = registerWebhook.legacy(url.textValue());
      dispatcher.wake(registered.webhook().id());
      call.json(
          registered.created() ? 201 : 200,
          new WebhookRegistered(true, url.textValue(), registered.created()));
    } catch (Refusal e) {
      throw LegacyFault.of(400, String.valueOf(e.getMessage()));
    } catch (StoreFailed _) {
      throw LegacyFault.internal();
    }
  }
}
