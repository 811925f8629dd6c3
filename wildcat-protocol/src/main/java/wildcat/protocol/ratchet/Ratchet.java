package wildcat.protocol.ratchet;

import java.util.Optional;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.PublicKey;

/// The Signal protocol between two devices: X3DH and the double ratchet, version 3.
///
/// Every operation takes a record and returns the next one; nothing is written on the way, so a caller
/// can commit the step together with what it produced, or drop both. Source: protocol notes 04.
public final class Ratchet {
  /// How a ciphertext is labelled in a stanza (`<enc type>`).
  public enum Kind {
    /// `pkmsg`: with the pre-key envelope.
    PRE_KEY_MESSAGE("pkmsg"),
    /// `msg`
    MESSAGE("msg");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /// A ciphertext and the state that must be stored before it leaves.
  public record Sealed(RatchetRecord next, Kind kind, Bytes message) {}

  /// A plaintext (still padded) and the state that must be stored together with it.
  ///
  /// @param usedPreKey id of the one-time pre-key to delete in the same commit
  /// @param sender the identity key of the state that decrypted it
  public record Opened(
      RatchetRecord next, Bytes plaintext, Optional<Integer> usedPreKey, PublicKey sender) {}

  /// @param random a `SecureRandom` outside of tests
  public Ratchet(Curve curve, RandomGenerator random) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Starts a ratchet from a bundle (X3DH as initiator); an existing state is archived.
  ///
  /// @throws InvalidKey the signed pre-key's signature does not hold, or a key is unusable
  public RatchetRecord initiate(
      Optional<RatchetRecord> existing, LocalIdentity local, PreKeyBundle bundle)
      throws InvalidKey {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Encrypts with the current state.
  ///
  /// @param plaintext already padded
  public Sealed encrypt(RatchetRecord record, LocalIdentity local, byte[] plaintext) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Decrypts a SignalMessage (`msg`), trying the current state first, then the archived ones.
  public Opened decrypt(RatchetRecord record, LocalIdentity local, byte[] message)
      throws CannotDecrypt {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Decrypts a PreKeySignalMessage (`pkmsg`): with the state it belongs to, or with a new one
  /// (X3DH as responder).
  ///
  /// The caller decides about a changed identity by comparing [Opened#sender] with what it knows.
  public <X extends Exception> Opened decryptPreKey(
      Optional<RatchetRecord> record, LocalIdentity local, PreKeySource<X> preKeys, byte[] message)
      throws CannotDecrypt, X {
    throw new UnsupportedOperationException("not built yet");
  }
}
