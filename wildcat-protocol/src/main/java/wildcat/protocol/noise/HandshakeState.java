package wildcat.protocol.noise;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.crypto.AesGcm;
import wildcat.protocol.crypto.Hkdf;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.frame.FrameWriter;

/// What both roles of a handshake compute alike: the transcript hash `h`, the chaining key `ck` and the
/// current cipher key with its counter.
///
/// Source: the Noise specification, revision 34, section 5.2, but for the nonce: 8 zero bytes, then the
/// counter in 4 bytes, big-endian (whatsmeow socket/noisehandshake.go, Baileys noise-handler.ts).
final class HandshakeState {
  private static final byte[] NOTHING = new byte[0];

  /// Which handshake the first message began.
  enum Pattern {
    XX("Noise_XX_25519_AESGCM_SHA256\0\0\0\0"),
    /// What a server falls back to when it does not take a client's shortened handshake (IK).
    XX_FALLBACK("Noise_XXfallback_25519_AESGCM_SHA256");

    private final String name;

    Pattern(String name) {
      this.name = name;
    }

    /// The name itself where it has exactly 32 bytes, else its hash.
    byte[] start() {
      byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
      return ascii.length == 32 ? ascii : sha256(ascii, NOTHING);
    }
  }

  private final Curve curve;
  private byte[] hash;
  private byte[] chainingKey;
  private @Nullable AesGcm cipher;
  private int counter;

  HandshakeState(Curve curve, Pattern pattern) {
    this.curve = curve;
    hash = pattern.start();
    chainingKey = pattern.start();
    mixHash(FrameWriter.INTRO.toArray());
  }

  void mixHash(byte[] data) {
    hash = sha256(hash, data);
  }

  void mixKey(KeyPair ours, PublicKey theirs) throws HandshakeFailed {
    byte[] shared;
    try {
      shared = curve.agree(ours.privateKey(), theirs);
    } catch (InvalidKey e) {
      throw new HandshakeFailed("the peer's key is of low order", e);
    }
    byte[] keys = Hkdf.derive(chainingKey, shared, NOTHING, 64);
    chainingKey = Arrays.copyOf(keys, 32);
    cipher = new AesGcm(Arrays.copyOfRange(keys, 32, 64));
    counter = 0;
    Arrays.fill(shared, (byte) 0);
  }

  byte[] encrypt(byte[] plaintext) {
    byte[] ciphertext = keyed().seal(nonce(counter++), hash, plaintext);
    mixHash(ciphertext);
    return ciphertext;
  }

  /// @param what names the field in the failure
  byte[] decrypt(byte[] ciphertext, String what) throws HandshakeFailed {
    byte[] plaintext =
        keyed()
            .open(nonce(counter++), hash, ciphertext)
            .orElseThrow(() -> new HandshakeFailed(what + " does not decrypt"));
    mixHash(ciphertext);
    return plaintext;
  }

  PublicKey decryptKey(byte[] ciphertext, String what) throws HandshakeFailed {
    return key(decrypt(ciphertext, what), what);
  }

  static PublicKey key(byte[] bytes, String what) throws HandshakeFailed {
    try {
      return PublicKey.ofStanzaForm(Bytes.wrap(bytes));
    } catch (InvalidKey e) {
      throw new HandshakeFailed(what + " is not a key", e);
    }
  }

  /// The ciphers that follow the handshake.
  NoiseTransport split(boolean client) {
    byte[] keys = Hkdf.derive(chainingKey, NOTHING, NOTHING, 64);
    byte[] fromClient = Arrays.copyOf(keys, 32);
    byte[] fromServer = Arrays.copyOfRange(keys, 32, 64);
    return client
        ? new NoiseTransport(fromClient, fromServer)
        : new NoiseTransport(fromServer, fromClient);
  }

  /// For tests that follow a transcript.
  String hashHex() {
    return Bytes.copyOf(hash).hex();
  }

  static byte[] nonce(int counter) {
    var nonce = new byte[AesGcm.NONCE_BYTES];
    for (int i = 0; i < 4; i++) {
      nonce[8 + i] = (byte) (counter >>> (24 - 8 * i));
    }
    return nonce;
  }

  private AesGcm keyed() {
    if (cipher == null) {
      throw new IllegalStateException("no key has been agreed on yet");
    }
    return cipher;
  }

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      digest.update(second);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
