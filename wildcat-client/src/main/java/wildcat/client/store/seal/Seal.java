package wildcat.client.store.seal;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Secret;

/// Seals rows and opens them again. Thread-safe if `random` is.
///
///     +---------+-----------------+----------------------------+
///     | version |  nonce, 24 B    |  ciphertext and 16 B tag   |
///     +---------+-----------------+----------------------------+
///
/// Ciphers are kept in a small pool: a new pair costs more than sealing a row.
public final class Seal {
  /// What a sealed value is longer than what is in it.
  public static final int OVERHEAD_BYTES = 1 + Xaes256Gcm.NONCE_BYTES + Xaes256Gcm.TAG_BYTES;

  private static final byte VERSION = 1;
  private static final int POOLED = 8;

  private final RandomGenerator random;
  private final ArrayBlockingQueue<Xaes256Gcm> pool = new ArrayBlockingQueue<>(POOLED);

  /// @param random a `SecureRandom` outside of tests
  public Seal(RandomGenerator random) {
    this.random = random;
  }

  /// A new secret of the size of a key.
  public Secret newSecret() {
    byte[] key = new byte[SealKey.SIZE_BYTES];
    random.nextBytes(key);
    return Secret.wrap(key);
  }

  public SealKey newKey() {
    return new SealKey(newSecret());
  }

  public byte[] seal(SealKey key, RowName row, byte[] plaintext) {
    byte[] nonce = new byte[Xaes256Gcm.NONCE_BYTES];
    random.nextBytes(nonce);
    Xaes256Gcm cipher = borrow();
    byte[] body = cipher.seal(key.key(), nonce, plaintext, row.aad(VERSION));
    giveBack(cipher);
    byte[] sealed = new byte[1 + nonce.length + body.length];
    sealed[0] = VERSION;
    System.arraycopy(nonce, 0, sealed, 1, nonce.length);
    System.arraycopy(body, 0, sealed, 1 + nonce.length, body.length);
    return sealed;
  }

  /// @throws StoreFailed.Unreadable damaged, of another row, sealed with another key, or by a newer version
  public byte[] open(SealKey key, RowName row, byte[] sealed) throws StoreFailed.Unreadable {
    if (sealed.length < OVERHEAD_BYTES) {
      throw new StoreFailed.Unreadable(
          row + " has " + sealed.length + " B, a sealed one has " + OVERHEAD_BYTES + " or more");
    }
    if (sealed[0] != VERSION) {
      throw new StoreFailed.Unreadable(
          row + " is sealed in version " + sealed[0] + ", known is " + VERSION);
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + Xaes256Gcm.NONCE_BYTES);
    Xaes256Gcm cipher = borrow();
    try {
      return cipher.open(key.key(), nonce, sealed, 1 + nonce.length, row.aad(VERSION));
    } catch (AEADBadTagException e) {
      throw new StoreFailed.Unreadable(row + " is damaged or sealed with another key", e);
    } finally {
      giveBack(cipher);
    }
  }

  /// Seals a key with another one.
  public byte[] wrap(SealKey master, RowName row, SealKey key) {
    return seal(master, row, key.secret().expose());
  }

  public SealKey unwrap(SealKey master, RowName row, byte[] wrapped) throws StoreFailed.Unreadable {
    byte[] key = open(master, row, wrapped);
    if (key.length != SealKey.SIZE_BYTES) {
      throw new StoreFailed.Unreadable(row + " holds a key of " + key.length + " B");
    }
    return new SealKey(Secret.wrap(key));
  }

  private Xaes256Gcm borrow() {
    Xaes256Gcm pooled = pool.poll();
    return pooled == null ? new Xaes256Gcm() : pooled;
  }

  private void giveBack(Xaes256Gcm cipher) {
    var _ = pool.offer(cipher);
  }
}
