package wildcat.protocol.ratchet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.AesCbc;
import wildcat.protocol.crypto.Hkdf;
import wildcat.protocol.crypto.HmacSha256;
import wildcat.protocol.curve.PublicKey;

/// The symmetric steps of the ratchet, with the engines they need. Not thread-safe.
///
/// Source: libsignal protocol, version 3 (root_key.rs, chain_key.rs, message_keys.rs).
final class RatchetCrypto {
  static final int MAC_BYTES = 8;

  private static final byte[] NO_SALT = new byte[32];
  private static final byte[] INFO_TEXT = ascii("WhisperText");
  private static final byte[] INFO_RATCHET = ascii("WhisperRatchet");
  private static final byte[] INFO_MESSAGE_KEYS = ascii("WhisperMessageKeys");
  private static final byte[] FOR_SEED = {1};
  private static final byte[] FOR_CHAIN = {2};

  private final HmacSha256 hmac = new HmacSha256();
  private final Hkdf hkdf = new Hkdf(hmac);
  private final AesCbc aes = new AesCbc();

  /// A root key and the chain key that came out with it.
  record Root(Secret rootKey, Secret chainKey) {}

  /// What encrypts and authenticates one message.
  record MessageKeys(Secret cipherKey, Secret macKey, Secret iv) {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The root of a new state from the shared secrets of the key agreement, one after the other.
  Root firstRoot(byte[] sharedSecrets) {
    var master = new byte[32 + sharedSecrets.length];
    Arrays.fill(master, 0, 32, (byte) 0xff);
    System.arraycopy(sharedSecrets, 0, master, 32, sharedSecrets.length);
    return root(hkdf.extractAndExpand(NO_SALT, master, INFO_TEXT, 64));
  }

  Root nextRoot(Secret rootKey, byte[] sharedSecret) {
    return root(hkdf.extractAndExpand(rootKey.expose(), sharedSecret, INFO_RATCHET, 64));
  }

  private static Root root(byte[] derived) {
    return new Root(
        Secret.wrap(Arrays.copyOf(derived, 32)), Secret.wrap(Arrays.copyOfRange(derived, 32, 64)));
  }

  /// What the keys of the message at this point of the chain are made of.
  Secret seed(Secret chainKey) {
    return Secret.wrap(hmac.mac(chainKey.expose(), FOR_SEED));
  }

  Secret nextChainKey(Secret chainKey) {
    return Secret.wrap(hmac.mac(chainKey.expose(), FOR_CHAIN));
  }

  MessageKeys messageKeys(Secret seed) {
    byte[] derived = hkdf.extractAndExpand(NO_SALT, seed.expose(), INFO_MESSAGE_KEYS, 80);
    return new MessageKeys(
        Secret.wrap(Arrays.copyOf(derived, 32)),
        Secret.wrap(Arrays.copyOfRange(derived, 32, 64)),
        Secret.wrap(Arrays.copyOfRange(derived, 64, 80)));
  }

  byte[] encrypt(MessageKeys keys, byte[] plaintext) {
    return aes.encrypt(keys.cipherKey().expose(), keys.iv().expose(), plaintext);
  }

  /// Empty when the padding is wrong.
  Optional<byte[]> decrypt(MessageKeys keys, byte[] ciphertext) {
    return aes.decrypt(keys.cipherKey().expose(), keys.iv().expose(), ciphertext);
  }

  /// Writes the MAC of a SignalMessage over all its bytes but the last 8 into those.
  void authenticate(MessageKeys keys, PublicKey sender, PublicKey receiver, byte[] message) {
    byte[] mac = mac(keys, sender, receiver, message);
    System.arraycopy(mac, 0, message, message.length - MAC_BYTES, MAC_BYTES);
  }

  boolean isAuthentic(MessageKeys keys, PublicKey sender, PublicKey receiver, byte[] message) {
    byte[] expected = Arrays.copyOf(mac(keys, sender, receiver, message), MAC_BYTES);
    byte[] actual = Arrays.copyOfRange(message, message.length - MAC_BYTES, message.length);
    return MessageDigest.isEqual(expected, actual);
  }

  private byte[] mac(MessageKeys keys, PublicKey sender, PublicKey receiver, byte[] message) {
    hmac.start(keys.macKey().expose());
    byte[] from = sender.signalForm();
    byte[] to = receiver.signalForm();
    hmac.update(from, 0, from.length);
    hmac.update(to, 0, to.length);
    hmac.update(message, 0, message.length - MAC_BYTES);
    return hmac.finish();
  }
}
