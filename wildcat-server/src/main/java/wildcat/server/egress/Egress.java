package wildcat.server.egress;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import wildcat.client.time.Timers;
import wildcat.protocol.bytes.Bytes;

/// Calls addresses that users have named. Every address is checked at the moment of connecting, nothing is
/// redirected, repeated, decompressed or proxied, no cookie is kept. Thread-safe; calls block.
public final class Egress implements AutoCloseable {
  /// What is read of an answer; the rest is not waited for.
  public static final int MAX_ANSWER_BYTES = 64 * 1024;

  private static final int MAX_CONNECTIONS = 2_048;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /// The name service: all addresses of a host, or of an address written as text.
  public interface Names {
    List<InetAddress> resolve(String host) throws UnknownHostException;

    Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));
  }

  /// @param limit for all of it, from the look-up of the name to the end of the answer
  public record Post(Target target, Map<String, String> headers, Bytes body, Duration limit) {
    public Post {
      headers = Map.copyOf(headers);
    }
  }

  /// @param retryAfter the header of that name
  /// @param bytesRead of the answer's body, at most [#MAX_ANSWER_BYTES]
  public record Answer(int status, Optional<String> retryAfter, int bytesRead) {}

  private final Timers timers;
  private final Lazy<CloseableHttpClient> client;

  public Egress(AllowList allow, Names names, Timers timers) {
    this.timers = timers;
    this.client = new Lazy<>(() -> client(new CheckedResolver(allow, names)));
  }

  public Answer post(Post post) throws EgressFailed {
    Target target = post.target();
    var request = request(post);
    var host = new HttpHost(target.https() ? "https" : "http", target.host(), target.port());
    var expired = new AtomicBoolean();
    try (var _ = timers.after(post.limit(), () -> expire(request, expired))) {
      return answer(client.get(), host, request);
    } catch (CheckedResolver.Refusal e) {
      throw new EgressFailed.Refused(e.reason());
    } catch (IOException | HttpException | IllegalStateException e) {
      if (expired.get()) {
        throw new EgressFailed.TimedOut("no answer within " + post.limit().toSeconds() + " s");
      }
      throw new EgressFailed.Unreachable(reason(e));
    }
  }

  /// Breaks off what is under way; later calls fail.
  @Override
  public void close() {
    client.close(one -> one.close(CloseMode.IMMEDIATE));
  }

  private static Answer answer(CloseableHttpClient client, HttpHost host, HttpPost request)
      throws IOException, HttpException {
    // not execute(handler): that would read an endless answer to its end before giving it back
    ClassicHttpResponse response = client.executeOpen(host, request, null);
    try {
      int read = 0;
      if (response.getEntity() != null) {
        read = response.getEntity().getContent().readNBytes(MAX_ANSWER_BYTES).length;
      }
      Header after = response.getFirstHeader("Retry-After");
      return new Answer(
          response.getCode(),
          after == null ? Optional.empty() : Optional.ofNullable(after.getValue()),
          read);
    } finally {
      release(request, response);
    }
  }

  /// A connection whose answer was read to its end is back in the pool already; of any other the rest would
  /// be read by `close` unless it is broken off first.
  private static void release(HttpPost request, ClassicHttpResponse response) {
    request.cancel();
    try {
      response.close();
    } catch (IOException _) {
      // what was wanted of it is there
    }
  }

  private static HttpPost request(Post post) {
    Target target = post.target();
    var request = new HttpPost("/");
    request.setScheme(target.https() ? "https" : "http");
    request.setAuthority(new URIAuthority(target.host(), target.port()));
    request.setPath(target.path());
    post.headers().forEach(request::setHeader);
    target.authorization().ifPresent(value -> request.setHeader("Authorization", value));
    request.setEntity(new ByteArrayEntity(post.body().toArray(), ContentType.APPLICATION_JSON));
    return request;
  }

  private static void expire(HttpPost request, AtomicBoolean expired) {
    expired.set(true);
    // closing a TLS socket may write: not on the timers' thread
    Thread.ofVirtual().name("egress-expire").start(request::cancel);
  }

  /// The kind of failure, not its text: that may quote the URL.
  private static String reason(Exception e) {
    return switch (e) {
      case UnknownHostException _ -> "the host's name is unknown";
      case javax.net.ssl.SSLException _ -> "TLS failed: " + e.getClass().getSimpleName();
      case java.net.ConnectException _ -> "the connection was refused or timed out";
      case java.net.SocketTimeoutException _ -> "the connection timed out";
      default -> "the connection broke (" + e.getClass().getSimpleName() + ")";
    };
  }

  private static CloseableHttpClient client(CheckedResolver resolver) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                    .setTimeToLive(TimeValue.ofMinutes(5))
                    .setValidateAfterInactivity(TimeValue.of(1, TimeUnit.SECONDS))
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
        .setUserAgent("Wildcat/3")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .build();
  }

  /// Made at the first use, since it costs a good part of the server's start.
  private static final class Lazy<T> implements Supplier<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<T> maker;

    @GuardedBy("lock")
    private Optional<T> value = Optional.empty();

    @GuardedBy("lock")
    private boolean closed;

    Lazy(Supplier<T> maker) {
      this.maker = maker;
    }

    @Override
    public T get() {
      lock.lock();
      try {
        if (closed) {
          throw new IllegalStateException("closed");
        }
        if (value.isEmpty()) {
          value = Optional.of(maker.get());
        }
        return value.get();
      } finally {
        lock.unlock();
      }
    }

    void close(Consumer<T> closer) {
      lock.lock();
      try {
        closed = true;
        value.ifPresent(closer);
      } finally {
        lock.unlock();
      }
    }
  }
}
