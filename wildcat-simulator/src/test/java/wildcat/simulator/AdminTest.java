package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.simulator.phone.VirtualPhone;

class AdminTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(simulator.http().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode ok(String method, String path, String body) throws Exception {
    HttpResponse<String> response = call(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private void fails(int status, String method, String path, String body) throws Exception {
    HttpResponse<String> response = call(method, path, body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(JSON.readTree(response.body()).path("error").textValue()).isNotBlank();
  }

  @Test
  void theRootAnswersForReadinessProbes() throws Exception {
    assertThat(call("GET", "/", "").statusCode()).isEqualTo(200);
  }

  @Test
  void phonesAreCreatedScanWriteAndRead() throws Exception {
    JsonNode ann = ok("POST", "/admin/accounts", "{\"pushName\": \"Ann\"}");
    String number = ann.path("pn").textValue().replaceAll("@.*", "");
    assertThat(ok("POST", "/admin/accounts", "{\"pushName\": \"Ann\"}")).isEqualTo(ann);
    JsonNode bob = ok("POST", "/admin/accounts", "{\"pushName\": \"Bob\"}");
    var device = new RawDevice(1);
    try (RawClient client = device.register(simulator)) {
      String qr = device.code(client.next()).text();
      JsonNode linked =
          ok("POST", "/admin/accounts/" + number + "/scan", "{\"qr\": \"" + qr + "\"}");
      assertThat(linked.path("pn").textValue()).isEqualTo(number + ":1@s.whatsapp.net");
      device.signBack(client, client.next());
      client.next("stream:error");
    }
    try (RawClient client = device.active(simulator)) {
      client.next("message");
      JsonNode shown = ok("GET", "/admin/accounts/" + number, "");
      assertThat(shown.path("devices").path(0).path("active").booleanValue()).isTrue();
      String to = "{\"to\": \"" + bob.path("pn").textValue() + "\", \"text\": \"hi\"}";
      JsonNode sent = ok("POST", "/admin/accounts/" + number + "/messages", to);
      phone("Ann").settle();
      phone("Bob").settle();
      JsonNode read = ok("GET", "/admin/accounts/" + bob.path("pn").textValue() + "/messages", "");
      assertThat(read.path(0).path("id")).isEqualTo(sent.path("id"));
      assertThat(read.path(0).path("text").textValue()).isEqualTo("hi");
      JsonNode ledger = ok("GET", "/admin/devices/" + number + ":1@s.whatsapp.net/ledger", "");
      assertThat(ledger.findValuesAsText("tag")).contains("message");
      assertThat(ok("GET", "/admin/log?limit=5", "")).hasSize(5);
    }
    assertThat(call("DELETE", "/admin/accounts/" + number + "/devices/1", "").statusCode())
        .isEqualTo(204);
    assertThat(ok("GET", "/admin/accounts", "").path(0).path("devices")).isEmpty();
  }

  private VirtualPhone phone(String name) {
    return simulator.phone(name);
  }

  @Test
  void anyPhoneScansForTheSharedEndpointAndAnUnknownReferenceIsNotFound() throws Exception {
    var device = new RawDevice(1);
    try (RawClient client = device.register(simulator)) {
      String qr = device.code(client.next()).text();
      fails(404, "POST", "/admin/mock-phone/scan-qr", qr.replace("2@", "2@x"));
      fails(400, "POST", "/admin/mock-phone/scan-qr", "nonsense");
      ok("POST", "/admin/mock-phone/scan-qr", qr);
      fails(409, "POST", "/admin/mock-phone/scan-qr", qr);
    }
  }

  @Test
  void faultsAreArmedShownAndCleared() throws Exception {
    String rule =
        "{\"match\": {\"direction\": \"outgoing\", \"tag\": \"message\"},"
            + " \"action\": {\"do\": \"stream-error\", \"code\": 503}, \"skip\": 2}";
    assertThat(ok("POST", "/admin/faults", rule).path("number").intValue()).isEqualTo(1);
    JsonNode armed = ok("GET", "/admin/faults", "").path(0);
    assertThat(armed.path("action").textValue()).isEqualTo("StreamError");
    assertThat(armed.path("skip").intValue()).isEqualTo(2);
    assertThat(call("DELETE", "/admin/faults", "").statusCode()).isEqualTo(204);
    assertThat(ok("GET", "/admin/faults", "")).isEmpty();
    fails(400, "POST", "/admin/faults", "{\"match\": {\"direction\": \"up\"}}");
    fails(400, "POST", "/admin/faults", rule.replace("stream-error", "explode"));
  }

  @Test
  void countersStartAtNothing() throws Exception {
    JsonNode counters = ok("GET", "/admin/counters", "");
    assertThat(counters.path("unknownStanzas")).isEmpty();
    assertThat(counters.path("connections").intValue()).isZero();
  }

  @Test
  void badRequestsGetJsonErrors() throws Exception {
    fails(404, "GET", "/admin/nothing", "");
    fails(404, "GET", "/nothing", "");
    fails(405, "PUT", "/admin/accounts", "");
    fails(400, "POST", "/admin/accounts", "not json");
    fails(400, "POST", "/admin/accounts", "[]");
    fails(400, "POST", "/admin/accounts", "{\"pushName\": 5}");
    fails(404, "GET", "/admin/accounts/4915550000000", "");
    fails(400, "GET", "/admin/accounts/nobody", "");
    fails(400, "GET", "/admin/log?after=x", "");
  }

  @Test
  void whoeverSendsTooMuchReadsWhy() throws Exception {
    String body = "x".repeat(20 << 20); // far more than socket buffers hold
    for (int i = 0; i < 20; i++) {
      fails(413, "POST", "/admin/accounts", body);
    }
  }
}
