package wildcat.client.store.memory;

import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;

/// Lets a test make a store fail. Called on the thread that uses the store, before anything is read or
/// changed; what it throws is what the caller gets.
public interface Faults {
  Faults NONE = new Faults() {};

  /// Before `account` reads from `table`, also when a commit checks what it is going to replace.
  default void onRead(AccountId account, Table table) throws StoreFailed {}

  /// Before a unit is committed.
  default void onCommit(AccountId account, UnitOfWork work) throws StoreFailed {}

  /// What can be read of an account.
  enum Table {
    CREDENTIALS,
    RATCHETS,
    IDENTITIES,
    PRE_KEYS,
    LIDS,
    DEVICES,
    MESSAGES,
    CIPHERTEXTS
  }
}
