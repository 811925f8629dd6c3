package wildcat.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.admin.Route.Request;
import wildcat.simulator.phone.Phones;
import wildcat.simulator.phone.VirtualPhone;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Profile;
import wildcat.simulator.world.World;

/// What the person with a phone does besides writing, and how it presents itself.
final class HabitRoutes {
  private static final Set<String> STATES = Set.of("composing", "recording", "paused");
  private static final Set<String> CONFIRMATIONS = Set.of("read", "played");

  private final World world;
  private final Phones phones;

  HabitRoutes(World world, Phones phones) {
    this.world = world;
    this.phones = phones;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/admin/accounts/*/presence", this::show),
        Route.of("POST", "/admin/accounts/*/watch", this::watch),
        Route.of("POST", "/admin/accounts/*/typing", this::type),
        Route.of("POST", "/admin/accounts/*/receipts", this::confirm),
        Route.of("GET", "/admin/accounts/*/seen", this::seen),
        Route.of("POST", "/admin/accounts/*/profile", this::profile),
        Route.of("POST", "/admin/accounts/*/blocked", this::block));
  }

  private VirtualPhone phone(Request request) throws Refused {
    return phones
        .find(Request.jid(request.argument(0)))
        .orElseThrow(() -> Refused.notFound("account"));
  }

  private Optional<Object> show(Request request) throws Refused {
    phone(request).habits().show(request.body().path("online").asBoolean(true));
    return Optional.empty();
  }

  private Optional<Object> watch(Request request) throws Refused {
    phone(request).habits().watch(Request.jid(request.field("person")));
    return Optional.empty();
  }

  private Optional<Object> type(Request request) throws Refused {
    String state = request.field("state");
    if (!STATES.contains(state)) {
      throw new Refused(400, "state must be one of " + STATES);
    }
    phone(request).habits().type(Request.jid(request.field("to")), state);
    return Optional.empty();
  }

  private Optional<Object> confirm(Request request) throws Refused {
    String type = request.field("type");
    if (!CONFIRMATIONS.contains(type)) {
      throw new Refused(400, "type must be one of " + CONFIRMATIONS);
    }
    var ids = new ArrayList<String>();
    for (JsonNode id : request.body().path("ids")) {
      ids.add(id.asText());
    }
    phone(request).habits().confirm(Request.jid(request.field("chat")), ids, type);
    return Optional.empty();
  }

  /// As [wildcat.simulator.phone.Habits.Seen].
  record ShownSeen(String what, String from, String detail, List<String> ids) {}

  private Optional<Object> seen(Request request) throws Refused {
    return Optional.of(
        phone(request).habits().seen().stream()
            .map(seen ->
                new ShownSeen(seen.what(), seen.from().toString(), seen.detail(), seen.ids()))
            .toList());
  }

  /// Sets what the body has of `about`, `picture` (JPEG in base64) and `business`.
  private Optional<Object> profile(Request request) throws Refused {
    VirtualPhone phone = phone(request);
    JsonNode body = request.body();
    if (body.path("about").isTextual()) {
      phone.habits().about(body.path("about").textValue());
    }
    if (body.path("picture").isTextual()) {
      phone.habits().picture(picture(body.path("picture").textValue()));
    }
    JsonNode business = body.path("business");
    if (business.isObject()) {
      try (var _ = world.locked()) {
        account(phone.pn())
            .profile()
            .business(
                new Profile.Business(
                    business.path("name").asText(),
                    business.path("description").asText(),
                    business.path("email").asText(),
                    business.path("website").asText()));
      }
    }
    return Optional.empty();
  }

  private static Bytes picture(String base64) throws Refused {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      throw new Refused(400, "picture must be base64");
    }
  }

  private Account account(Jid jid) throws Refused {
    return world.directory().account(jid).orElseThrow(() -> Refused.notFound("account"));
  }

  private Optional<Object> block(Request request) throws Refused {
    VirtualPhone phone = phone(request);
    boolean block = request.body().path("block").asBoolean(true);
    Jid person = Request.jid(request.field("person"));
    Account other;
    try (var _ = world.locked()) {
      other = account(person);
    }
    phone.habits().block(other, block);
    return Optional.empty();
  }
}
