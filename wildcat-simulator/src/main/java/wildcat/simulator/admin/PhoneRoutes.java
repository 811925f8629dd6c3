package wildcat.simulator.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.admin.Route.Request;
import wildcat.simulator.phone.LinkedDevice;
import wildcat.simulator.phone.PhoneMessage;
import wildcat.simulator.phone.Phones;
import wildcat.simulator.phone.ScanRefused;
import wildcat.simulator.phone.VirtualPhone;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// What a person does with a phone.
final class PhoneRoutes {
  private final World world;
  private final Phones phones;

  PhoneRoutes(World world, Phones phones) {
    this.world = world;
    this.phones = phones;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/admin/mock-phone/scan-qr", this::scanAny),
        Route.of("POST", "/admin/accounts", this::create),
        Route.of("GET", "/admin/accounts", _ -> Optional.of(accounts())),
        Route.of("GET", "/admin/accounts/*", r -> Optional.of(shown(phone(r)))),
        Route.of("POST", "/admin/accounts/*/scan", this::scan),
        Route.of("POST", "/admin/accounts/*/messages", this::send),
        Route.of("GET", "/admin/accounts/*/messages", this::received),
        Route.of("POST", "/admin/accounts/*/online", this::online),
        Route.of("POST", "/admin/accounts/*/offline", this::offline),
        Route.of("DELETE", "/admin/accounts/*/devices/*", this::unlink));
  }

  private VirtualPhone phone(Request request) throws Refused {
    Jid user = Request.jid(request.argument(0));
    return phones.find(user).orElseThrow(() -> Refused.notFound("account"));
  }

  private Optional<Object> create(Request request) throws Refused {
    return Optional.of(shown(phones.named(request.field("pushName"))));
  }

  private List<ShownAccount> accounts() {
    return phones.all().stream().map(this::shown).toList();
  }

  /// @param devices the companions
  record ShownAccount(String pn, String lid, String pushName, List<ShownDevice> devices) {}

  /// @param active connected, and has asked for its messages
  /// @param waiting stanzas it has not answered for
  record ShownDevice(
      int number,
      String pn,
      String lid,
      boolean connected,
      boolean active,
      int waiting,
      int preKeys) {}

  private ShownAccount shown(VirtualPhone phone) {
    try (var _ = world.locked()) {
      Account account = world.directory().account(phone.pn()).orElseThrow();
      return new ShownAccount(
          account.pn().toString(),
          account.lid().toString(),
          account.pushName(),
          account.companions().stream().map(PhoneRoutes::shown).toList());
    }
  }

  private static ShownDevice shown(Device device) {
    return new ShownDevice(
        device.number(),
        device.pn().toString(),
        device.lid().toString(),
        device.line().link().isPresent(),
        device.line().isActive(),
        device.queue().size(),
        device.preKeys().size());
  }

  private Optional<Object> scanAny(Request request) throws Refused {
    try {
      return Optional.of(shown(phones.scan(request.text().strip())));
    } catch (ScanRefused e) {
      throw refused(e);
    }
  }

  private Optional<Object> scan(Request request) throws Refused {
    try {
      return Optional.of(shown(phone(request).scan(request.field("qr").strip())));
    } catch (ScanRefused e) {
      throw refused(e);
    }
  }

  private static Map<String, String> shown(LinkedDevice device) {
    return Map.of("pn", device.pn().toString(), "lid", device.lid().toString());
  }

  private static Refused refused(ScanRefused e) {
    int status =
        switch (e.reason()) {
          case MALFORMED -> 400;
          case UNKNOWN_REF -> 404;
          case KEY_MISMATCH, USED -> 409;
        };
    return new Refused(status, String.valueOf(e.getMessage()));
  }

  private Optional<Object> send(Request request) throws Refused {
    Jid to = Request.jid(request.field("to"));
    VirtualPhone phone = phone(request);
    if (phones.find(to).isEmpty()) {
      throw Refused.notFound("recipient");
    }
    return Optional.of(Map.of("id", phone.sendText(to, request.field("text"))));
  }

  /// @param sentAt Unix seconds
  record ShownMessage(String id, String from, String to, String kind, String text, long sentAt) {}

  private Optional<Object> received(Request request) throws Refused {
    return Optional.of(phone(request).received().stream().map(PhoneRoutes::shown).toList());
  }

  private static ShownMessage shown(PhoneMessage message) {
    return new ShownMessage(
        message.id(),
        message.from().toString(),
        message.to().toString(),
        message.kind(),
        message.text(),
        message.sentAt().getEpochSecond());
  }

  private Optional<Object> online(Request request) throws Refused {
    phone(request).goOnline();
    return Optional.empty();
  }

  private Optional<Object> offline(Request request) throws Refused {
    phone(request).goOffline();
    return Optional.empty();
  }

  private Optional<Object> unlink(Request request) throws Refused {
    VirtualPhone phone = phone(request);
    for (LinkedDevice device : phone.devices()) {
      if (Integer.toString(device.number()).equals(request.argument(1))) {
        phone.unlink(device);
        return Optional.empty();
      }
    }
    throw Refused.notFound("device");
  }
}
