package wildcat.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import wildcat.api.legacy.Failure;
import wildcat.api.legacy.Status;
import wildcat.api.v1.KeyCreated;
import wildcat.api.v1.KeyView;
import wildcat.api.v1.NewWebhook;

class JsonTest {
  @Test
  void aNumberIsNotTakenForAText() {
    assertThatThrownBy(() -> read("{\"url\":5}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"url\":5.5}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"url\":true}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"url\":{\"a\":1}}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"events\":\"all\"}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"events\":[1]}")).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsAbsentIsAbsent() throws Exception {
    assertThat(read("{}")).isEqualTo(new NewWebhook(null, null));
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    assertThat(read("{\"url\":\"http://a\",\"colour\":{\"x\":[1]}}").url()).isEqualTo("http://a");
  }

  @Test
  void whatFollowsTheDocumentIsRefused() {
    assertThatThrownBy(() -> read("{} {}")).isInstanceOf(IOException.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> Json.read(nested(Json.MAX_DEPTH + 1), Object.class))
        .isInstanceOf(IOException.class);
  }

  @Test
  void nestingAtTheLimitIsRead() throws Exception {
    assertThat(Json.read(nested(Json.MAX_DEPTH), Object.class)).isInstanceOf(List.class);
  }

  @Test
  void timesHaveMillisecondsAlways() {
    assertThat(Json.time(Instant.parse("2026-11-04T09:49:25Z")))
        .isEqualTo("2026-11-04T09:49:25.000Z");
    assertThat(Json.time(Instant.parse("2026-11-04T09:49:25.526999Z")))
        .isEqualTo("2026-11-04T09:49:25.526Z");
  }

  @Test
  void aFailureSaysAStatusOnlyWhereThereIsOne() {
    assertThat(text(Failure.of("no"))).isEqualTo("{\"ok\":false,\"error\":\"no\"}");
    assertThat(text(new Failure(false, "no", "connecting")))
        .isEqualTo("{\"ok\":false,\"error\":\"no\",\"status\":\"connecting\"}");
  }

  @Test
  void theQrKeyIsNullOrAbsentAsThePredecessorHadIt() {
    assertThat(text(new Status(true, "a", "connecting", NullNode.getInstance(), "auth_a")))
        .isEqualTo(
            "{\"ok\":true,\"accountId\":\"a\",\"status\":\"connecting\",\"qr\":null,"
                + "\"collection\":\"auth_a\"}");
    assertThat(text(new Status(true, "a", "connected", null, "auth_a"))).doesNotContain("qr");
  }

  @Test
  void aCreatedKeyIsFlatAndDoesNotPrintItself() {
    var created =
        new KeyCreated(
            true, "wc_secret", new KeyView("k1", "n", List.of("read"), null, "t", null, null));
    assertThat(text(created))
        .isEqualTo(
            "{\"ok\":true,\"key\":\"wc_secret\",\"id\":\"k1\",\"name\":\"n\",\"scopes\":[\"read\"],"
                + "\"accounts\":null,\"createdAt\":\"t\",\"expiresAt\":null,\"lastUsedAt\":null}");
    assertThat(created.toString()).doesNotContain("secret");
  }

  private static NewWebhook read(String json) throws IOException {
    return Json.read(json.getBytes(UTF_8), NewWebhook.class);
  }

  private static String text(Object value) {
    return new String(Json.bytes(value), UTF_8);
  }

  private static byte[] nested(int depth) {
    return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
  }
}
