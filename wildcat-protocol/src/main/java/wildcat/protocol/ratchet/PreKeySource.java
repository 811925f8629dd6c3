package wildcat.protocol.ratchet;

import java.util.Optional;

/// Our own pre-keys, as the ratchet asks for them.
///
/// @param <X> how the source can fail
public interface PreKeySource<X extends Exception> {
  /// Empty when no such key exists (any more); a key that cannot be read is a failure, never empty.
  Optional<PreKey> oneTime(int id) throws X;

  Optional<SignedPreKey> signed(int id) throws X;
}
