package wildcat.client.device;

import org.jspecify.annotations.Nullable;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Credentials;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.RatchetAddress;

/// Who we are: the credentials, read once per login. Thread-safe.
public final class OwnDevice {
  private final AccountStore store;
  private volatile @Nullable Credentials cached;

  public OwnDevice(AccountStore store) {
    this.store = store;
  }

  /// To be called when the credentials have changed, at least before each login.
  public void forget() {
    cached = null;
  }

  /// @throws IllegalStateException there are none: nothing can be sent or received before linking
  public Credentials credentials() throws StoreFailed {
    Credentials known = cached;
    if (known == null) {
      known =
          store
              .credentials()
              .orElseThrow(() -> new IllegalStateException("the account has no credentials"));
      cached = known;
    }
    return known;
  }

  /// @throws IllegalStateException the account is not linked
  public Credentials.Link link() throws StoreFailed {
    return credentials()
        .linked()
        .orElseThrow(() -> new IllegalStateException("the account is not linked"));
  }

  /// Our pn with the device's number.
  public Jid pn() throws StoreFailed {
    return link().pn();
  }

  /// Our lid with the device's number.
  public Jid lid() throws StoreFailed {
    return link().lid();
  }

  /// Whether it is our own user, in either form, whatever the device.
  public boolean isSelf(Jid jid) throws StoreFailed {
    Credentials.Link link = link();
    return (jid.isPn() && jid.user().equals(link.pn().user()))
        || (jid.isLid() && jid.user().equals(link.lid().user()));
  }

  /// Whether it is this very device, in either form.
  public boolean isThisDevice(Jid jid) throws StoreFailed {
    return isSelf(jid) && jid.device() == pn().device();
  }

  /// Our phone, whose identity key is the account's.
  public RatchetAddress phone() throws StoreFailed {
    return new RatchetAddress(lid().withoutDevice());
  }
}
