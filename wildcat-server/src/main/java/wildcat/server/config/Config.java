package wildcat.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.server.egress.AllowList;
import wildcat.server.log.LogLevel;

/// What the operator has set, checked. See docs/configuration.md.
///
/// @param port 0 for a free one
/// @param data the folder of the store and the administrator's key
/// @param mongo where the store is, when it is not the embedded one
/// @param newAdminKey make a new administrator's key although there are keys
public record Config(
    String host,
    int port,
    Path data,
    Logs logs,
    boolean withoutKeys,
    boolean newAdminKey,
    Accounts accounts,
    AllowList egress,
    WhatsApp whatsApp,
    Optional<Mongo> mongo) {

  public record Logs(Path folder, LogLevel level) {}

  /// @param administrator gets a message from each account that is linked
  /// @param startUnlinked whether accounts that were never linked are started at boot
  /// @param startsPerSecond pace of the boot
  /// @param deviceName as it shows up in the phone's list of linked devices
  public record Accounts(
      Optional<Jid> administrator, boolean startUnlinked, int startsPerSecond, String deviceName) {
    @Override
    public String toString() {
      return "Accounts[startUnlinked=" + startUnlinked + "]";
    }
  }

  /// @param server the WebSocket's address
  /// @param root the key that signs the server's certificates
  public record WhatsApp(URI server, PublicKey root) {}

  /// @param url may hold a password
  public record Mongo(String url, String database) {
    @Override
    public String toString() {
      return "Mongo[" + database + "]";
    }
  }

  public Config withPort(int next) {
    return new Config(
        host, next, data, logs, withoutKeys, newAdminKey, accounts, egress, whatsApp, mongo);
  }

  public Path adminKeyFile() {
    return data.resolve("admin.key");
  }
}
