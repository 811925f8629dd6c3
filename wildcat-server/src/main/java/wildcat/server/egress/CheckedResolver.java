package wildcat.server.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves a name once and lets only checked addresses through to the connect: there is no second look-up
/// that could answer otherwise. One bad address refuses the name as a whole.
final class CheckedResolver implements DnsResolver {

  /// The name was resolved, but an address is not allowed.
  static final class Refusal extends UnknownHostException {
    private static final long serialVersionUID = 1;

    private final String reason;

    Refusal(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  private final AllowList allow;
  private final Egress.Names names;

  CheckedResolver(AllowList allow, Egress.Names names) {
    this.allow = allow;
    this.names = names;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    var checked = new ArrayList<InetSocketAddress>();
    for (InetAddress address : names.resolve(host)) {
      InetAddress bare = ForeignAddress.bare(address);
      var refusal = ForeignAddress.refusal(bare);
      if (refusal.isPresent() && !allow.permits(host, port, bare)) {
        throw new Refusal(
            "%s is the address %s (%s), which is not called unless WILDCAT_EGRESS_ALLOW names it"
                .formatted(host, bare.getHostAddress(), refusal.get()));
      }
      checked.add(new InetSocketAddress(bare, port));
    }
    if (checked.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return checked;
  }

  @Override
  public InetAddress[] resolve(String host) {
    throw new IllegalStateException("a port is needed to judge an address");
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
