package wildcat.client.session;

import wildcat.client.store.StoreFailed;

/// Something a feature does with every new login.
@FunctionalInterface
public interface LoginStep {
  /// @throws RequestFailed the login goes on without this step if the connection still stands
  /// @throws StoreFailed the connection is closed
  void run(Exchange exchange) throws RequestFailed, StoreFailed, InterruptedException;
}
