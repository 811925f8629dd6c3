package wildcat.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;

/// The server's answer is an error: its status, its text for people and the JSON it came in.
public final class Refused extends ApiFailed {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode body;

  Refused(int status, JsonNode body) {
    super(body.path("error").asText("HTTP " + status));
    this.status = status;
    this.body = body;
  }

  /// The HTTP status, 400 to 599.
  public int status() {
    return status;
  }

  /// The server's code for programs, or an empty text: the predecessor's routes have none.
  public String code() {
    return body.path("code").asText("");
  }

  public JsonNode body() {
    return body;
  }
}
