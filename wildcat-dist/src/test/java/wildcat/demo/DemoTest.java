package wildcat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The whole of it in this JVM: server, simulator, phones, webhook receiver.
class DemoTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Story story = new Story(new PrintStream(told, true, UTF_8), false);

  @Test
  void theWalkEndsWithTheAnswerAtTheWebhookAndLeavesNothingBehind() throws Exception {
    assertThat(Main.run(story, false)).isZero();
    var text = told.toString(UTF_8);
    assertThat(text)
        .containsSubsequence(
            "1  A WhatsApp",
            "2  An account",
            "3  The account is linked",
            "ok linked and connected",
            "5  A message",
            "ok Ann's phone decrypted: Hello Ann",
            "6  Ann's answer",
            "message.received from Ann",
            "ok the signature fits",
            "All steps worked.");
    assertThat(text).doesNotContain("wc_", "whsec_"); // keys are named by their file, not shown
    assertThat(Files.exists(dataFolder(text))).isFalse();
  }

  private static Path dataFolder(String text) {
    var matcher = Pattern.compile("its data is in (\\S+)\\.\n").matcher(text);
    assertThat(matcher.find()).isTrue();
    return Path.of(matcher.group(1));
  }

  @Test
  void aStepThatFailsIsNamedAndTheLogsCanBeKept() throws Exception {
    Path logs;
    try (var receiver = new Receiver(Clock.systemUTC());
        var stage = Stage.start()) {
      Files.writeString(stage.data().resolve("admin.key"), "wc_of_another_server");
      var walk = new Walk(story, stage, receiver);
      assertThatThrownBy(walk::walk).isInstanceOf(DemoFailed.class);
      logs = stage.keepLogs();
    }
    assertThat(story.current()).isEqualTo("step 2 (An account is created)");
    assertThat(logs.resolve("app.log")).isNotEmptyFile();
    try (var left = Files.walk(logs.getParent())) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
