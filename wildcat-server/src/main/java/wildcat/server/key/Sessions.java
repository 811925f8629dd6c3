package wildcat.server.key;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import wildcat.client.store.StoreFailed;

/// Browsers that have shown a key and got a token for a cookie instead. In memory: a restart signs everybody
/// out. A session is worth what its key is worth at the moment, and nothing when the key is revoked.
/// Thread-safe.
public final class Sessions {
  public static final Duration LENGTH = Duration.ofHours(12);

  private static final int LIMIT = 1_000;
  private static final int TOKEN_BYTES = 32;

  private final Keys keys;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();

  /// By the hash of their tokens, the oldest first.
  @GuardedBy("lock")
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > LIMIT;
        }
      };

  private record Session(String keyId, Instant until) {}

  public Sessions(Keys keys, InstantSource clock, RandomGenerator random) {
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /// @return the token of a new session; empty when the key is not valid
  public Optional<String> signIn(String key) throws StoreFailed, InterruptedException {
    Optional<Caller> caller = keys.authenticate(key);
    if (caller.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    lock.lock();
    try {
      sessions.put(hash(token), new Session(caller.get().keyId(), clock.instant().plus(LENGTH)));
    } finally {
      lock.unlock();
    }
    return Optional.of(token);
  }

  /// Whose session it is; empty when it has ended or its key has.
  public Optional<Caller> find(String token) {
    Session session;
    lock.lock();
    try {
      session = sessions.get(hash(token));
    } finally {
      lock.unlock();
    }
    return session != null && clock.instant().isBefore(session.until())
        ? keys.caller(session.keyId())
        : Optional.empty();
  }

  public void signOut(String token) {
    lock.lock();
    try {
      sessions.remove(hash(token));
    } finally {
      lock.unlock();
    }
  }

  private static String hash(String token) {
    try {
      byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
