package wildcat.server.rest.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.api.Json;
import wildcat.server.key.Caller;

/// Serves routes: finds the caller, checks what they may, runs the action on a virtual thread, and turns
/// whatever is thrown into a JSON answer.
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
  private static final long STOP_MILLIS = 5_000;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final List<Route> routes;

  /// The paths of routes that need no key.
  private final List<Pattern> open;

  private final Access access;
  private final RandomGenerator random;
  private final Javalin javalin;

  private HttpServer(List<Route> routes, Access access, RandomGenerator random) {
    this.routes = List.copyOf(routes);
    this.open =
        routes.stream()
            .filter(route -> route.scope().isEmpty())
            .map(route -> Pattern.compile(route.path().replaceAll("\\{[^}]*}", "[^/]+")))
            .toList();
    this.access = access;
    this.random = random;
    this.javalin = Javalin.create(this::configure);
  }

  /// @param port 0 for a free one
  /// @throws IOException the port is taken or may not be used
  public static HttpServer start(
      String host, int port, List<Route> routes, Access access, RandomGenerator random)
      throws IOException {
    var server = new HttpServer(routes, access, random);
    try {
      server.javalin.start(host, port);
      return server;
    } catch (JavalinBindException e) {
      throw new IOException("cannot listen on " + host + ":" + port + ": " + reason(e), e);
    }
  }

  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException) {
        return String.valueOf(cause.getMessage()); // "Address already in use", "Permission denied"
      }
    }
    return failure.getClass().getSimpleName();
  }

  public int port() {
    return javalin.port();
  }

  /// Takes no new requests and waits up to 5 s for those under way.
  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
    config.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
    config.router.ignoreTrailingSlashes = true;
    config.jetty.modifyServer(server -> {
      server.setErrorHandler(new JettyFailures());
      server.setStopTimeout(STOP_MILLIS);
    });
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JettyFailures()));
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setRequestHeaderSize(MAX_HEADER_BYTES);
    });
    config.requestLogger.http(RequestLog::write);
    config.routes.before(this::begin);
    config.routes.exception(Exception.class, this::failed);
    config.routes.exception(
        HttpResponseException.class, this::failed); // else the library answers itself
    for (Route route : routes) {
      config.routes.addHttpHandler(
          type(route.method()), route.path(), context -> run(route, context));
    }
  }

  private static HandlerType type(Route.Method method) {
    return switch (method) {
      case GET -> HandlerType.GET;
      case POST -> HandlerType.POST;
      case PUT -> HandlerType.PUT;
      case PATCH -> HandlerType.PATCH;
      case DELETE -> HandlerType.DELETE;
    };
  }

  /// Runs for every path, known or not: nothing but the open routes is told to a stranger.
  private void begin(Context context) throws Exception {
    context.attribute(Call.REQUEST_ID, requestId(context.header("X-Request-Id")));
    decorate(context);
    if (!isOpen(context.path())) {
      context.attribute(Call.CALLER, access.authenticate(credentials(context)));
    }
  }

  private void decorate(Context context) {
    context.header("X-Request-Id", String.valueOf(context.<Object>attribute(Call.REQUEST_ID)));
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cache-Control", "no-store");
  }

  private boolean isOpen(String path) {
    return open.stream().anyMatch(route -> route.matcher(path).matches());
  }

  private static Access.Credentials credentials(Context context) {
    return new Access.Credentials(
        context.header("Authorization"),
        context.header("X-Api-Key"),
        context.header("Host"),
        context.header("Origin"),
        context.cookie(Access.SESSION_COOKIE),
        context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD),
        context.header(Access.PAGE_HEADER) != null);
  }

  private String requestId(@Nullable String given) {
    return given != null && REQUEST_ID.matcher(given).matches()
        ? given
        : "req_" + Long.toUnsignedString(random.nextLong(), 36);
  }

  private void run(Route route, Context context) throws Exception {
    var call = new Call(context);
    if (route.scope().isPresent()) {
      Caller caller = call.caller();
      Access.authorize(caller, route.scope().get());
      if (route.isAboutAnAccount()) {
        Access.authorize(caller, call.account());
      }
    }
    route.action().answer(call);
  }

  private void failed(Exception failure, Context context) {
    Failures.Answer answer = answer(failure, context);
    String requestId = new Call(context).requestId();
    if (answer.status() == 401) {
      context.header("WWW-Authenticate", "Bearer realm=\"wildcat\"");
    }
    if (answer.code().equals("no_code_yet")) {
      context.header("Retry-After", "1");
    }
    if (answer.status() == 413) {
      context.header("Connection", "close"); // the rest of the body is not worth reading
    }
    context
        .status(answer.status())
        .contentType("application/json; charset=utf-8")
        .result(Json.bytes(answer.body(context.path(), requestId)));
  }

  private static Failures.Answer answer(Exception failure, Context context) {
    if (failure instanceof HttpResponseException http) {
      return ofJavalin(http, context);
    }
    if (Failures.isBug(failure) && !isBrokenConnection(failure)) {
      LOG.atError()
          .addKeyValue("requestId", String.valueOf(context.<Object>attribute(Call.REQUEST_ID)))
          .setCause(failure)
          .log("request_failed");
    }
    return Failures.of(failure);
  }

  private static boolean isBrokenConnection(Exception failure) {
    return failure instanceof IOException;
  }

  private static Failures.Answer ofJavalin(HttpResponseException failure, Context context) {
    return switch (failure.getStatus()) {
      case 404 -> new Failures.Answer(404, "not_found", "there is no such route");
      case 405 -> {
        Optional.ofNullable(failure.getDetails().get("availableMethods"))
            .ifPresent(methods -> context.header("Allow", methods));
        yield new Failures.Answer(405, "method_not_allowed", "this route has other methods");
      }
      case 413 -> new Failures.Answer(413, "body_too_large", "the body is too large");
      default ->
          Set.of(400, 408, 414, 431).contains(failure.getStatus())
              ? new Failures.Answer(failure.getStatus(), "bad_request", "the request is malformed")
              : new Failures.Answer(500, "internal_error", "internal_error");
    };
  }
}
