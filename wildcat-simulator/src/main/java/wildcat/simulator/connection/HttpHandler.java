package wildcat.simulator.connection;

/// Answers everything but the WebSocket. Called by a virtual thread per request.
public interface HttpHandler {
  HttpAnswer answer(HttpCall call);
}
