package wildcat.simulator.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.node.Node;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// Finds who answers an iq, by type, namespace and child. What nobody answers fails with 501 and is
/// counted.
final class Requests {
  private record Key(String type, String namespace, String child) {}

  private final World world;
  private final Map<Key, Request> known = new HashMap<>();

  Requests(World world, Depot depot, CompanionRemoval removal, Activation activation) {
    this.world = world;
    know("get", "encrypt", "count", new PreKeyCount());
    know("get", "encrypt", "digest", new PreKeyDigest());
    know("get", "encrypt", "key", new PreKeyFetch(world));
    know("set", "encrypt", "rotate", new PreKeyRotation(world));
    know("set", "encrypt", "registration", new PreKeyUpload(world));
    know("set", "passive", "active", activation);
    know("set", "passive", "passive", (iq, _) -> Reply.result(iq));
    know("get", "w:p", "", new Ping(world));
    know("get", "w:p", "ping", new Ping(world));
    know("get", "abt", "props", new ServerProperties());
    knowProfiles(new Profiles(world, new ProfileNews(world)));
    know("set", "privacy", "tokens", new TrustedContactTokens(world));
    know("get", "usync", "usync", new Usync(world));
    know("set", "md", "remove-companion-device", removal);
    know("set", "w:sync:app:state", "sync", new AppStateSync(world));
    know("set", "urn:xmpp:whatsapp:dirty", "clean", (iq, _) -> Reply.result(iq));
    know("set", "w:m", "media_conn", new MediaConnection(depot));
    know("set", "w:stats", "add", (iq, _) -> Reply.result(iq));
    know("", "w:stats", "add", (iq, _) -> Reply.result(iq));
  }

  private void knowProfiles(Profiles profiles) {
    know("get", "blocklist", "", profiles::blocklist);
    know("set", "blocklist", "item", profiles::changeBlocklist);
    know("get", "privacy", "privacy", profiles::privacy);
    know("set", "privacy", "privacy", profiles::setPrivacy);
    know("get", "w:profile:picture", "picture", profiles::picture);
    know("set", "w:profile:picture", "picture", profiles::setPicture);
    know("set", "w:profile:picture", "", profiles::setPicture);
    know("set", "status", "status", profiles::setAbout);
    know("get", "w:biz", "business_profile", profiles::business);
  }

  private void know(String type, String namespace, String child, Request request) {
    known.put(new Key(type, namespace, child), request);
  }

  Node answer(Node iq, Device from) {
    return find(iq)
        .map(request -> request.answer(iq, from))
        .orElseGet(() -> {
          world.tally().unknownStanza(StanzaName.of(iq));
          return Reply.error(iq, 501, "feature-not-implemented");
        });
  }

  private Optional<Request> find(Node iq) {
    String type = iq.text("type");
    String namespace = iq.text("xmlns");
    for (Node child : iq.children()) {
      Request request = known.get(new Key(type, namespace, child.tag()));
      if (request != null) {
        return Optional.of(request);
      }
    }
    return iq.children().isEmpty()
        ? Optional.ofNullable(known.get(new Key(type, namespace, "")))
        : Optional.empty();
  }
}
