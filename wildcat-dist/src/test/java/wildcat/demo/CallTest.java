package wildcat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import wildcat.cli.output.Json;
import wildcat.cli.rest.Route;

class CallTest {
  private static final URI SERVER = URI.create("http://localhost:3000");

  @Test
  void theCurlLineIsWhatIsSent() {
    var call =
        Call.post(
            Route.of("accounts", "demo", "message", "send"), Json.object().put("message", "it's"));
    assertThat(call.curl(SERVER))
        .isEqualTo(
            "curl -sw '\\n' http://localhost:3000/accounts/demo/message/send -H \"Authorization: Bearer $KEY\""
                + " -H 'Content-Type: application/json' -d '{\"message\":\"it'\\''s\"}'");
  }

  @Test
  void aShellReadsTheLineAsItIsMeant() throws IOException, InterruptedException {
    var call =
        Call.post(
            Route.of("messages").with("a", "1").with("b", "$HOME"),
            Json.object().put("m", "it's `x` $y \"z\""));
    var script =
        "curl() { for a in \"$@\"; do printf '%s\\n' \"$a\"; done; }; KEY=wc_1; "
            + call.curl(SERVER);
    var shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8).lines())
        .containsExactly(
            "-sw",
            "\\n",
            "http://localhost:3000/messages?a=1&b=%24HOME",
            "-H",
            "Authorization: Bearer wc_1",
            "-H",
            "Content-Type: application/json",
            "-d",
            "{\"m\":\"it's `x` $y \\\"z\\\"\"}");
    assertThat(shell.waitFor()).isZero();
  }
}
