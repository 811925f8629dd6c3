package wildcat.server;

import java.util.Optional;
import wildcat.client.Environment;
import wildcat.client.WildcatClient;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountState;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.EventListener;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;
import wildcat.server.account.LinkedAccount;

/// An account run by the client library.
final class ClientAccount implements LinkedAccount {
  private final AccountStore store;
  private final WildcatClient client;

  private ClientAccount(
      Environment environment, AccountStore store, DeviceName name, EventListener listener) {
    this.store = store;
    this.client = new WildcatClient(environment, store, name, listener);
  }

  static Parts.AccountOpener opener(Environment environment, String deviceName) {
    var name = new DeviceName(deviceName, DeviceName.DEFAULT.platformType());
    return (Store store) ->
        (account, listener) -> new ClientAccount(environment, store.open(account), name, listener);
  }

  @Override
  public boolean isLinked() throws StoreFailed {
    return store.credentials().filter(keys -> keys.linked().isPresent()).isPresent();
  }

  @Override
  public void connect() {
    client.connect();
  }

  @Override
  public void logout() throws RequestFailed, StoreFailed, InterruptedException {
    client.logout();
  }

  @Override
  public AccountState state() {
    return client.state();
  }

  @Override
  public Optional<ShownCode> linkCode() {
    return client.linkCode();
  }

  @Override
  public ChatMessage send(OutgoingMessage message)
      throws RequestFailed, StoreFailed, InterruptedException {
    return client.send(message);
  }

  @Override
  public void close() {
    client.close();
  }
}
