package wildcat.bench;

import wildcat.protocol.jid.Jid;
import wildcat.simulator.phone.LinkedDevice;

/// A process under test, with accounts linked to phones of the simulator.
interface Subject extends AutoCloseable {
  /// As the table's column says.
  String name();

  long pid();

  /// Links accounts until there are `total`, each to a phone of its own, and waits until they are connected.
  void link(int total) throws Exception;

  /// What the first account is linked as.
  LinkedDevice first();

  /// Sends `count` texts through the first account and returns when the process says that they are sent.
  ///
  /// @param window how many it is asked for at a time
  void send(Jid to, int count, int window) throws Exception;

  /// What its heap holds after a collection.
  double heapMiB() throws Exception;

  /// Ends the process and waits for it.
  @Override
  void close();
}
