package wildcat.server.account;

import java.util.List;
import java.util.Optional;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;

/// All accounts of the installation, wherever they run: whoever asks need not know. Arguments and results
/// are values, so that a call may be carried out on another node. Thread-safe; calls block.
public interface AccountDirectory {
  /// By id.
  List<AccountView> all();

  Optional<AccountView> find(AccountId account);

  /// Creates it and starts connecting. All or nothing: after a failure there is no such account.
  AccountView create(NewAccount account) throws AccountFailed, StoreFailed, InterruptedException;

  /// Starts it, or begins a new linking after a logout.
  AccountView connect(AccountId account) throws AccountFailed, StoreFailed, InterruptedException;

  /// Stops it; the device stays linked. It stays stopped over a restart.
  void disconnect(AccountId account) throws AccountFailed, StoreFailed, InterruptedException;

  /// Removes the device from the phone's list.
  ///
  /// @throws RequestFailed WhatsApp did not confirm; nothing has changed
  void logout(AccountId account)
      throws AccountFailed, RequestFailed, StoreFailed, InterruptedException;

  /// Removes the device from the phone's list if that is possible, and the account in any case.
  ///
  /// @param purge whether messages and events go too
  /// @return the account as it was
  AccountView delete(AccountId account, boolean purge)
      throws AccountFailed, StoreFailed, InterruptedException;

  Optional<ShownCode> linkCode(AccountId account) throws AccountFailed;

  ChatMessage send(AccountId account, OutgoingMessage message)
      throws AccountFailed, RequestFailed, StoreFailed, InterruptedException;
}
