package wildcat.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A receiver of webhooks that misbehaves on request. Counts connections.
public final class Hook implements AutoCloseable {
  /// What a receiver can do with a request.
  public enum Behaviour {
    OK,
    NOT_FOUND,
    GONE,
    TOO_MANY,
    ERROR,
    REDIRECT,
    HANG,
    HUGE,
    RESET
  }

  /// @param headers by name in lower case
  public record Request(String path, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final ServerSocket server;
  private final BlockingQueue<Request> arrived = new LinkedBlockingQueue<>();
  private final List<Request> all = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> extraHeaders = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Behaviour> behaviour = _ -> Behaviour.OK;
  private final AtomicInteger connections = new AtomicInteger();

  public Hook() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("hook").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public int connections() {
    return connections.get();
  }

  public Hook behave(Behaviour next) {
    return behave(_ -> next);
  }

  public Hook behave(Function<Request, Behaviour> next) {
    behaviour = next;
    return this;
  }

  public Hook withHeader(String line) {
    extraHeaders.add(line);
    return this;
  }

  /// The next request that has arrived, in the order of arrival.
  public Request next() throws InterruptedException {
    Request request = arrived.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request has arrived within 10 s");
    }
    return request;
  }

  public List<Request> next(int count) throws InterruptedException {
    var requests = new ArrayList<Request>();
    while (requests.size() < count) {
      requests.add(next());
    }
    return requests;
  }

  /// Whether nothing waits to be taken by [#next].
  public boolean isQuiet() {
    return arrived.isEmpty();
  }

  public List<Request> all() {
    return List.copyOf(all);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        String first = line(in);
        if (first.isEmpty()) {
          return;
        }
        var headers = new TreeMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          int colon = line.indexOf(':');
          headers.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
        var request = new Request(first.split(" ", 3)[1], headers, body);
        Behaviour what = behaviour.apply(request);
        all.add(request);
        arrived.add(request);
        if (!answer(socket, what)) {
          return;
        }
      }
    } catch (IOException _) {
      // the other side has gone
    } finally {
      open.remove(socket);
    }
  }

  /// @return whether the connection can go on
  private boolean answer(Socket socket, Behaviour what) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (what) {
      case OK -> head(out, "200 OK", "Content-Length: 2", "ok");
      case NOT_FOUND -> head(out, "404 Not Found", "Content-Length: 0", "");
      case GONE -> head(out, "410 Gone", "Content-Length: 0", "");
      case TOO_MANY -> head(out, "429 Too Many Requests", "Content-Length: 0", "");
      case ERROR -> head(out, "500 Oops", "Content-Length: 4", "oops");
      case REDIRECT ->
          head(out, "302 Found", "Location: " + url("/elsewhere") + "\r\nContent-Length: 0", "");
      case HANG -> {
        var _ = socket.getInputStream().read(); // until the caller gives up
        return false;
      }
      case HUGE -> {
        head(out, "200 OK", "Content-Length: 1000000000", "");
        var chunk = new byte[8_192];
        for (int i = 0; i < 20_000; i++) {
          out.write(chunk);
        }
        return false;
      }
      case RESET -> {
        socket.setSoLinger(true, 0);
        return false;
      }
    }
    return true;
  }

  private void head(OutputStream out, String status, String header, String body)
      throws IOException {
    var extra = new StringBuilder();
    extraHeaders.forEach(line -> extra.append(line).append("\r\n"));
    out.write(
        ("HTTP/1.1 " + status + "\r\n" + extra + header + "\r\n\r\n" + body).getBytes(ISO_8859_1));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
