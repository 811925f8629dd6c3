package wildcat.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.media.MediaDamaged;
import wildcat.simulator.admin.Route.Request;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.phone.PhoneFile;
import wildcat.simulator.phone.Phones;
import wildcat.simulator.phone.VirtualPhone;

/// Files that phones send and receive, and what goes wrong with them.
final class MediaRoutes {
  private final Phones phones;
  private final Depot depot;

  MediaRoutes(Phones phones, Depot depot) {
    this.phones = phones;
    this.depot = depot;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/admin/accounts/*/files", this::send),
        Route.of("GET", "/admin/accounts/*/files/*", this::received),
        Route.of("GET", "/admin/media", _ -> Optional.of(Map.of("files", depot.all().size()))),
        Route.of("POST", "/admin/media/lose", _ -> Optional.of(Map.of("lost", depot.loseAll()))),
        Route.of("POST", "/admin/media/troubles", this::arm));
  }

  private VirtualPhone phone(Request request) throws Refused {
    Jid user = Request.jid(request.argument(0));
    return phones.find(user).orElseThrow(() -> Refused.notFound("account"));
  }

  private Optional<Object> send(Request request) throws Refused {
    Jid to = Request.jid(request.field("to"));
    VirtualPhone phone = phone(request);
    if (phones.find(to).isEmpty()) {
      throw Refused.notFound("recipient");
    }
    JsonNode body = request.body();
    try {
      var file =
          new PhoneFile(
              PhoneFile.Kind.valueOf(request.field("kind").toUpperCase(Locale.ROOT)),
              Bytes.wrap(Base64.getDecoder().decode(request.field("base64"))),
              request.field("mimetype"),
              body.path("caption").asText(""),
              body.path("fileName").asText(""),
              body.path("width").asInt(0),
              body.path("height").asInt(0),
              body.path("seconds").asInt(0));
      return Optional.of(Map.of("id", phone.sendFile(to, file)));
    } catch (IllegalArgumentException _) {
      throw new Refused(400, "kind or base64 cannot be read");
    }
  }

  /// @param base64 the content, decrypted and checked
  record ShownFile(String id, String base64) {}

  private Optional<Object> received(Request request) throws Refused {
    try {
      Bytes content =
          phone(request)
              .file(request.argument(1))
              .orElseThrow(() -> Refused.notFound("message with a file"));
      return Optional.of(
          new ShownFile(
              request.argument(1), Base64.getEncoder().encodeToString(content.toArray())));
    } catch (MediaDamaged e) {
      throw new Refused(409, "the file is damaged: " + e.reason());
    }
  }

  private Optional<Object> arm(Request request) throws Refused {
    JsonNode body = request.body();
    try {
      depot.arm(
          new Depot.Trouble(
              body.path("upload").asBoolean(false),
              body.path("status").asInt(0),
              Depot.Damage.valueOf(body.path("damage").asText("NONE").toUpperCase(Locale.ROOT))),
          body.path("count").asInt(1));
      return Optional.empty();
    } catch (IllegalArgumentException _) {
      throw new Refused(400, "damage is none, truncated or flipped");
    }
  }
}
