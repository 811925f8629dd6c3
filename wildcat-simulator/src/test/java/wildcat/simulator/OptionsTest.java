package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutArgumentsItListensOnLoopback() throws Exception {
    Options options = Options.parse(List.of());
    assertThat(options.settings().host()).isEqualTo("127.0.0.1");
    assertThat(options.settings().port()).isEqualTo(Options.DEFAULT_PORT);
    assertThat(options.phones()).isEmpty();
  }

  @Test
  void everyOptionIsTaken() throws Exception {
    Options options =
        Options.parse(
            List.of(
                "--port", "0", "--host", "::1", "--seed", "-3", "--phone", "A", "--phone", "B"));
    assertThat(options.settings().port()).isZero();
    assertThat(options.settings().host()).isEqualTo("::1");
    assertThat(options.settings().seed()).isEqualTo(-3);
    assertThat(options.phones()).containsExactly("A", "B");
    assertThat(Options.parse(List.of("--help")).help()).isTrue();
  }

  @Test
  void whatCannotBeUsedIsNamed() {
    refuses("unknown option --tls", "--tls");
    refuses("--port needs a value", "--port");
    refuses("--port needs a number", "--port", "x");
    refuses("--port must be within 0..65535", "--port", "65536");
  }

  private static void refuses(String message, String... arguments) {
    assertThatThrownBy(() -> Options.parse(List.of(arguments))).hasMessage(message);
  }
}
