package wildcat.server.rest.v1;

import java.util.List;
import java.util.Optional;
import wildcat.api.v1.Done;
import wildcat.api.v1.KeyCreated;
import wildcat.api.v1.KeyList;
import wildcat.api.v1.NewKey;
import wildcat.server.command.CreateKey;
import wildcat.server.command.Refusal;
import wildcat.server.key.Keys;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.Route;

/// API keys.
public final class KeyRoutes {
  private final Keys keys;
  private final CreateKey createKey;

  public KeyRoutes(Keys keys) {
    this.keys = keys;
    this.createKey = new CreateKey(keys);
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/keys", Scope.ADMIN, this::list)
            .says(
                Doc.of("List API keys")
                    .text("Without their texts, which nobody has but their owners.")
                    .answers(200, KeyList.class)),
        Route.post("/v1/keys", Scope.ADMIN, this::create)
            .says(
                Doc.of("Make an API key")
                    .text("`key` is shown this once.")
                    .optionalBody(NewKey.class)
                    .answers(201, KeyCreated.class)
                    .fails(409)),
        Route.delete("/v1/keys/{key}", Scope.ADMIN, this::revoke)
            .says(Doc.of("Revoke an API key").answers(200, Done.class)));
  }

  private void list(Call call) {
    call.json(200, new KeyList(true, keys.all().stream().map(Views::key).toList()));
  }

  private void create(Call call) throws Exception {
    NewKey wanted = call.body(NewKey.class);
    var created =
        createKey.create(
            new CreateKey.Wish(
                wanted.name() == null ? "" : wanted.name(),
                wanted.scopes() == null ? List.of("read", "send") : wanted.scopes(),
                Optional.ofNullable(wanted.accounts()),
                Optional.ofNullable(wanted.expiresAt())));
    call.json(201, new KeyCreated(true, created.text().text(), Views.key(created.row())));
  }

  private void revoke(Call call) throws Exception {
    if (!keys.revoke(call.path("key"))) {
      throw new Refusal(Refusal.Reason.KEY_UNKNOWN, "there is no such key");
    }
    call.json(200, Done.DONE);
  }
}
