package wildcat.server.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;

/// Tells addresses of the public internet from all others. An address that carries an IPv4 address inside
/// (NAT64, 6to4, ISATAP) is judged by that one too.
///
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6052, 3056, 5214.
final class ForeignAddress {
  private static final List<Map.Entry<Cidr, String>> IPV4 =
      List.of(
          range("0.0.0.0/8", "this network"),
          range("10.0.0.0/8", "private"),
          range("100.64.0.0/10", "shared by carriers"),
          range("127.0.0.0/8", "loopback"),
          range("169.254.0.0/16", "link-local"),
          range("172.16.0.0/12", "private"),
          range("192.0.0.0/24", "reserved"),
          range("192.0.2.0/24", "documentation"),
          range("192.88.99.0/24", "6to4 relay"),
          range("192.168.0.0/16", "private"),
          range("198.18.0.0/15", "benchmarking"),
          range("198.51.100.0/24", "documentation"),
          range("203.0.113.0/24", "documentation"),
          range("224.0.0.0/4", "multicast"),
          range("240.0.0.0/4", "reserved"));

  /// What is refused although it lies within [#GLOBAL_IPV6], and better names for what lies outside.
  private static final List<Map.Entry<Cidr, String>> IPV6 =
      List.of(
          range("::1/128", "loopback"),
          range("::/96", "unspecified or IPv4-compatible"),
          range("64:ff9b:1::/48", "local NAT64"),
          range("2001::/23", "reserved or Teredo"),
          range("2001:db8::/32", "documentation"),
          range("3fff::/20", "documentation"),
          range("fc00::/7", "private"),
          range("fe80::/10", "link-local"),
          range("fec0::/10", "site-local"),
          range("ff00::/8", "multicast"));

  private static final Cidr GLOBAL_IPV6 = Cidr.of("2000::/3");
  private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");
  private static final Cidr SIX_TO_FOUR = Cidr.of("2002::/16");

  private ForeignAddress() {}

  /// Why `address` is not of the public internet, or empty when it is.
  static Optional<String> refusal(InetAddress address) {
    var bytes = Bytes.wrap(address.getAddress());
    return bytes.length() == 4 ? refusalOfIpv4(bytes) : refusalOfIpv6(bytes);
  }

  private static Optional<String> refusalOfIpv4(Bytes address) {
    return named(IPV4, address);
  }

  private static Optional<String> refusalOfIpv6(Bytes address) {
    if (NAT64.contains(address)) {
      return refusalOfIpv4(address.slice(12, 16)).map(why -> why + ", through NAT64");
    }
    Optional<String> named = named(IPV6, address);
    if (named.isPresent()) {
      return named;
    }
    if (!GLOBAL_IPV6.contains(address)) {
      return Optional.of("reserved");
    }
    if (SIX_TO_FOUR.contains(address)) {
      return refusalOfIpv4(address.slice(2, 6)).map(why -> why + ", through 6to4");
    }
    if (isIsatap(address)) {
      return refusalOfIpv4(address.slice(12, 16)).map(why -> why + ", through ISATAP");
    }
    return Optional.empty();
  }

  private static boolean isIsatap(Bytes address) {
    return (address.at(8) & 0xfd) == 0
        && address.at(9) == 0
        && address.at(10) == 0x5e
        && address.at(11) == (byte) 0xfe;
  }

  private static Optional<String> named(List<Map.Entry<Cidr, String>> ranges, Bytes address) {
    return ranges.stream()
        .filter(range -> range.getKey().contains(address))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Map.Entry<Cidr, String> range(String cidr, String name) {
    return Map.entry(Cidr.of(cidr), name);
  }

  /// A copy without the host name, so that nothing is looked up or printed by it.
  static InetAddress bare(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
