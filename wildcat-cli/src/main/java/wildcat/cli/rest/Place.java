package wildcat.cli.rest;

import java.net.URI;
import java.util.Optional;

/// Where the server is and the key that opens it.
///
/// @param address http or https, without a path at its end
/// @param key     absent where none was found: the open routes work all the same
public record Place(URI address, Optional<ApiKey> key) {}
