package wildcat.server.rest.v1;

import java.util.List;
import java.util.function.BooleanSupplier;
import wildcat.api.v1.Health;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.http.Route.Method;

/// Up or down, for whoever watches the process; nothing else is told without a key.
public final class HealthRoutes {
  private final BooleanSupplier ready;

  /// @param ready whether requests can be served; asked at each call
  public HealthRoutes(BooleanSupplier ready) {
    this.ready = ready;
  }

  public List<Route> routes() {
    return List.of(
        Route.open(Method.GET, "/healthz", HealthRoutes::alive)
            .says(Doc.of("Is the process alive").answers(200, Health.class)),
        Route.open(Method.GET, "/readyz", this::ready)
            .says(
                Doc.of("Can requests be served")
                    .answers(200, Health.class)
                    .answers(503, Health.class)));
  }

  private static void alive(Call call) {
    call.json(200, new Health(true, "up"));
  }

  private void ready(Call call) {
    boolean up = ready.getAsBoolean();
    call.json(up ? 200 : 503, new Health(up, up ? "up" : "down"));
  }
}
