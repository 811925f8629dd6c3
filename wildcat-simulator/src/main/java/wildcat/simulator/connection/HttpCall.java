package wildcat.simulator.connection;

import java.util.Map;
import wildcat.protocol.bytes.Bytes;

/// An HTTP request that is no WebSocket.
///
/// @param path decoded, without query
/// @param query the first value of each parameter
/// @param isLocal whether the caller is on this machine
public record HttpCall(
    String method, String path, Map<String, String> query, Bytes body, boolean isLocal) {
  public HttpCall {
    query = Map.copyOf(query);
  }
}
