package wildcat.simulator.phone;

import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Waiting;

/// The server as a phone sees it. All methods take the world's lock themselves.
public interface Uplink {
  /// Hands in a stanza that is no iq; answers come over the phone's link.
  void stanza(Device phone, Node stanza);

  /// Asks and gets the answer at once.
  Node request(Device phone, Node iq);

  /// Tells the companions of the phone's account.
  ///
  /// @param notification without `from` and `t`
  void notify(Device phone, Node notification);

  /// Delivers what waits for the phone, from now on at once.
  void activate(Device phone);

  /// Offers a waiting client to become a companion.
  void offer(Waiting waiting, Waiting.Offer offer);

  /// Takes a companion off the account.
  ///
  /// @return false when it was not one
  boolean unlink(Account account, int number);
}
