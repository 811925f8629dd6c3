package wildcat.server.rest.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the OpenAPI document says of a route. What follows from the route itself (its path's parameters, the key it
/// needs, the failures every route may have) is added by the document's writer.
///
/// @param summary a few words, as in a list
/// @param text more, in Markdown; may be ""
/// @param tag the group it stands in; "" for the one its path suggests
/// @param bodies one for each content type it reads; empty when it reads none
/// @param bodyRequired whether it cannot do without
/// @param failures statuses of failures of its own
public record Doc(
    String summary,
    String text,
    String tag,
    List<Parameter> parameters,
    List<Content> bodies,
    boolean bodyRequired,
    List<Reply> replies,
    Set<Integer> failures) {
  /// Of a route that says nothing: the build fails.
  static final Doc NONE = of("");

  public static final String JSON = "application/json";

  /// A parameter of the query or a header.
  ///
  /// @param type `string`, `integer` or `boolean`
  /// @param max of numbers
  public record Parameter(
      String in,
      String name,
      String type,
      long min,
      long max,
      Optional<Long> fallback,
      String text) {}

  /// @param type a content type
  /// @param shape of JSON: a record; empty for bytes
  public record Content(String type, Optional<Class<?>> shape) {}

  /// A success.
  ///
  /// @param contents empty when there is no body
  public record Reply(int status, List<Content> contents) {
    public Reply {
      contents = List.copyOf(contents);
    }
  }

  public Doc {
    parameters = List.copyOf(parameters);
    bodies = List.copyOf(bodies);
    replies = List.copyOf(replies);
    failures = Set.copyOf(failures);
  }

  public static Doc of(String summary) {
    return new Doc(summary, "", "", List.of(), List.of(), false, List.of(), Set.of());
  }

  public Doc text(String markdown) {
    return new Doc(summary, markdown, tag, parameters, bodies, bodyRequired, replies, failures);
  }

  public Doc in(String group) {
    return new Doc(summary, text, group, parameters, bodies, bodyRequired, replies, failures);
  }

  /// A text in the query.
  public Doc query(String name, String about) {
    return with(new Parameter("query", name, "string", 0, 0, Optional.empty(), about));
  }

  /// `true` or `false` in the query.
  public Doc flag(String name, String about) {
    return with(new Parameter("query", name, "boolean", 0, 0, Optional.empty(), about));
  }

  /// A number in the query.
  public Doc number(String name, long fallback, long min, long max, String about) {
    return with(new Parameter("query", name, "integer", min, max, Optional.of(fallback), about));
  }

  public Doc header(String name, String about) {
    return with(new Parameter("header", name, "string", 0, 0, Optional.empty(), about));
  }

  private Doc with(Parameter parameter) {
    return new Doc(
        summary, text, tag, plus(parameters, parameter), bodies, bodyRequired, replies, failures);
  }

  /// Reads a JSON object of this shape.
  public Doc body(Class<?> shape) {
    return body(new Content(JSON, Optional.of(shape)), true);
  }

  /// Reads a JSON object of this shape, if there is one.
  public Doc optionalBody(Class<?> shape) {
    return body(new Content(JSON, Optional.of(shape)), false);
  }

  /// Reads bytes, for example `multipart/form-data`; also beside JSON.
  public Doc bodyBytes(String contentType) {
    return body(new Content(contentType, Optional.empty()), true);
  }

  private Doc body(Content content, boolean required) {
    return new Doc(
        summary, text, tag, parameters, plus(bodies, content), required, replies, failures);
  }

  /// Succeeds with JSON of this shape.
  public Doc answers(int status, Class<?> shape) {
    return answers(status, new Content(JSON, Optional.of(shape)));
  }

  /// Succeeds with bytes; several content types may be named for one status, JSON included.
  public Doc answersBytes(int status, String contentType) {
    return answers(status, new Content(contentType, Optional.empty()));
  }

  /// Succeeds without a body.
  public Doc answersNothing(int status) {
    return new Doc(
        summary,
        text,
        tag,
        parameters,
        bodies,
        bodyRequired,
        plus(replies, new Reply(status, List.of())),
        failures);
  }

  private Doc answers(int status, Content content) {
    var next = new ArrayList<>(replies);
    var contents = new ArrayList<Content>();
    next.removeIf(reply -> reply.status() == status && contents.addAll(reply.contents()));
    contents.add(content);
    next.add(new Reply(status, contents));
    return new Doc(summary, text, tag, parameters, bodies, bodyRequired, next, failures);
  }

  /// Failures of its own, besides those that every route may have.
  public Doc fails(int... statuses) {
    var all = new TreeSet<>(failures);
    for (int status : statuses) {
      all.add(status);
    }
    return new Doc(summary, text, tag, parameters, bodies, bodyRequired, replies, all);
  }

  /// Those of everything that asks WhatsApp: 409 not started, 502 refused, 503 not connected, 504 no answer.
  public Doc asksWhatsApp() {
    return fails(409, 502, 503, 504);
  }

  private static <T> List<T> plus(List<T> list, T one) {
    var all = new ArrayList<>(list);
    all.add(one);
    return all;
  }
}
