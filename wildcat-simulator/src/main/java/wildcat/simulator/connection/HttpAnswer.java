package wildcat.simulator.connection;

import wildcat.protocol.bytes.Bytes;

/// What an [HttpCall] is answered with.
public record HttpAnswer(int status, String contentType, Bytes body) {}
