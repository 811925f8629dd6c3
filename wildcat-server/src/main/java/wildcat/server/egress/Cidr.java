package wildcat.server.egress;

import java.net.InetAddress;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;

/// A range of addresses, `10.0.0.0/8` or `2001:db8::/32`.
record Cidr(Bytes network, int prefixBits) {

  Cidr {
    if (prefixBits < 0 || prefixBits > network.length() * 8) {
      throw new IllegalArgumentException("a prefix of " + prefixBits + " bits");
    }
  }

  static Cidr of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a range: " + text));
  }

  /// Reads `address/bits`, or an address alone, which is a range of one. Asks no name server.
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    var network = Bytes.wrap(address.get().getAddress());
    if (slash < 0) {
      return Optional.of(new Cidr(network, network.length() * 8));
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > network.length() * 8) {
      return Optional.empty();
    }
    return Optional.of(new Cidr(network, Integer.parseInt(bits)));
  }

  static Optional<InetAddress> literal(String text) {
    boolean maybe = text.contains(":") || text.matches("[0-9]+(\\.[0-9]+){3}");
    if (!maybe || text.contains("%")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    return contains(Bytes.wrap(address.getAddress()));
  }

  boolean contains(Bytes address) {
    if (address.length() != network.length()) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((address.at(bit >> 3) & mask) != (network.at(bit >> 3) & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network.toArray()).getHostAddress() + "/" + prefixBits;
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
