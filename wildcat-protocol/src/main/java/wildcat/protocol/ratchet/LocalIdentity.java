package wildcat.protocol.ratchet;

import wildcat.protocol.curve.KeyPair;

/// Who we are in the Signal protocol.
///
/// @param registrationId any 32-bit value, unsigned
public record LocalIdentity(KeyPair keys, int registrationId) {}
