package wildcat.oracle;

import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.ratchet.Ratchet;

/// A ciphertext on its way.
record Packet(Ratchet.Kind kind, Bytes message) {}
