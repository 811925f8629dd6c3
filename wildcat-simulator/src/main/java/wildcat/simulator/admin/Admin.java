package wildcat.simulator.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.admin.Route.Request;
import wildcat.simulator.connection.HttpAnswer;
import wildcat.simulator.connection.HttpCall;
import wildcat.simulator.connection.HttpHandler;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.phone.Phones;
import wildcat.simulator.world.World;

/// The admin surface: finds the route of a call, turns results into JSON and refusals into errors.
/// Answers callers on this machine only.
public final class Admin implements HttpHandler {
  private static final String JSON = "application/json";

  private static final String PICTURES = "/pictures/";

  private final World world;
  private final List<Route> routes = new ArrayList<>();

  /// Made at the first call: it takes a third of the time of a cold start.
  private static final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
  }

  public Admin(World world, Phones phones, Faults faults, Depot depot) {
    routes.addAll(new PhoneRoutes(world, phones).routes());
    routes.addAll(new MediaRoutes(phones, depot).routes());
    this.world = world;
    routes.addAll(new HabitRoutes(world, phones).routes());
    routes.addAll(new FaultRoutes(faults).routes());
    routes.addAll(new ViewRoutes(world).routes());
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    if (call.path().equals("/") && call.method().equals("GET")) {
      return new HttpAnswer(200, "text/plain", Bytes.ofUtf8("Wildcat simulator\n"));
    }
    if (call.path().startsWith(PICTURES) && call.method().equals("GET")) {
      return picture(call.path().substring(PICTURES.length()));
    }
    try {
      if (!call.isLocal()) {
        throw new Refused(403, "only from this machine");
      }
      return run(call)
          .map(result -> new HttpAnswer(200, JSON, written(result)))
          .orElseGet(() -> new HttpAnswer(204, JSON, Bytes.empty()));
    } catch (Refused e) {
      return new HttpAnswer(
          e.status(), JSON, written(Map.of("error", String.valueOf(e.getMessage()))));
    }
  }

  /// The picture of an account, as `number/id`: for clients, as WhatsApp serves it.
  private HttpAnswer picture(String path) {
    int slash = path.indexOf('/');
    String number = path.substring(0, Math.max(0, slash));
    try (var _ = world.locked()) {
      return world
          .directory()
          .account(Jid.pn(number))
          .flatMap(account -> account.profile().picture())
          .filter(picture -> picture.id().equals(path.substring(slash + 1)))
          .map(picture -> new HttpAnswer(200, "image/jpeg", picture.jpeg()))
          .orElse(new HttpAnswer(404, "text/plain", Bytes.ofUtf8("no such picture\n")));
    }
  }

  private Optional<Object> run(HttpCall call) throws Refused {
    List<String> path = Route.segments(call.path());
    boolean known = false;
    for (Route route : routes) {
      Optional<List<String>> arguments = route.match(path);
      if (arguments.isPresent()) {
        if (route.method().equals(call.method())) {
          return route.operation().run(new Request(call, arguments.get(), Json.MAPPER));
        }
        known = true;
      }
    }
    throw known ? new Refused(405, "another method") : Refused.notFound("path");
  }

  private Bytes written(Object result) {
    try {
      return Bytes.wrap(Json.MAPPER.writeValueAsBytes(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }
}
