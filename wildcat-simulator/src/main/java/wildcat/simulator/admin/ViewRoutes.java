package wildcat.simulator.admin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.admin.Route.Request;
import wildcat.simulator.world.Delivery;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.StanzaLog;
import wildcat.simulator.world.World;

/// What happened: counters, ledgers, stanzas.
final class ViewRoutes {
  private static final int MAX_LINES = 1_000;

  private final World world;

  ViewRoutes(World world) {
    this.world = world;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/admin/counters", _ -> Optional.of(world.tally().counters())),
        Route.of("GET", "/admin/devices/*/ledger", this::ledger),
        Route.of("GET", "/admin/log", this::log));
  }

  /// @param times how often it was written
  /// @param completion receipt, ack, retry or nack; "" while it waits
  /// @param acknowledged whether the device claims to have it
  record ShownDelivery(
      String tag,
      String id,
      String type,
      String from,
      int times,
      String queuedAt,
      String completion,
      String completedAt,
      boolean acknowledged) {}

  private Optional<Object> ledger(Request request) throws Refused {
    Jid jid = Request.jid(request.argument(0));
    try (var _ = world.locked()) {
      Device device =
          world.directory().everDevice(jid).orElseThrow(() -> Refused.notFound("device"));
      return Optional.of(device.queue().ledger().stream().map(ViewRoutes::shown).toList());
    }
  }

  private static ShownDelivery shown(Delivery delivery) {
    return new ShownDelivery(
        delivery.tag(),
        delivery.id(),
        delivery.type(),
        delivery.from().toString(),
        delivery.times(),
        delivery.queuedAt().toString(),
        delivery.completion().map(c -> c.name().toLowerCase(Locale.ROOT)).orElse(""),
        delivery.completedAt().map(Object::toString).orElse(""),
        delivery.acknowledged());
  }

  /// @param at ISO time
  record ShownLine(long sequence, String at, String device, String direction, String xml) {}

  private Optional<Object> log(Request request) throws Refused {
    long after = request.number("after", 0);
    int limit = Math.clamp(request.number("limit", MAX_LINES), 0, MAX_LINES);
    String device = request.call().query().getOrDefault("device", "");
    return Optional.of(
        world.log().after(after, device, limit).stream().map(ViewRoutes::shown).toList());
  }

  private static ShownLine shown(StanzaLog.Line line) {
    return new ShownLine(
        line.sequence(),
        line.at().toString(),
        line.device(),
        line.incoming() ? "incoming" : "outgoing",
        line.xml());
  }
}
