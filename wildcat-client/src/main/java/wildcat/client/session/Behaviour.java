package wildcat.client.session;

import java.util.Map;

/// What the features do with a connection.
///
/// @param handlers by tag, for example `message`
/// @param notifications by type
/// @param beforeActive run one after the other on the account's thread when the login is accepted; until
///     it returns no stanza is handled
/// @param afterActive runs beside the handling of stanzas, on a thread of its own, once per login
public record Behaviour(
    Linking linking,
    Map<String, StanzaHandler> handlers,
    Map<String, StanzaHandler> notifications,
    LoginStep beforeActive,
    LoginStep afterActive) {
  public Behaviour {
    handlers = Map.copyOf(handlers);
    notifications = Map.copyOf(notifications);
  }
}
