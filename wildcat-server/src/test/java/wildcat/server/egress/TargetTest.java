package wildcat.server.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.org, true, example.org, 443, /",
    "HTTP://Example.ORG:80/a?b=c, false, example.org, 80, /a?b=c",
    "http://my_service:3000/hook, false, my_service, 3000, /hook",
    "http://[2001:DB8::1]:8080/x, false, 2001:db8::1, 8080, /x",
    "http://[::1], false, ::1, 80, /",
    "https://münchen.example/ü, true, xn--mnchen-3ya.example, 443, /%C3%BC",
    "http://h/a b|c?q={x}#part, false, h, 80, /a%20b%7Cc?q=%7Bx%7D",
    "http://h/a%20b, false, h, 80, /a%20b",
    "http://h//a, false, h, 80, //a",
    "http://h?x=1, false, h, 80, /?x=1",
    "http://h:/x, false, h, 80, /x",
    "http://h\\a, false, h, 80, /a",
  })
  void urlsAreReadAsBrowsersDo(String url, boolean https, String host, int port, String path)
      throws Exception {
    assertThat(Target.parse(url)).isEqualTo(new Target(https, host, port, path, Optional.empty()));
  }

  @Test
  void userAndPasswordBecomeAHeaderAndAreNotShown() throws Exception {
    var target = Target.parse("https://user:p%40ss@example.org/x?token=1");
    assertThat(target.authorization()).contains("Basic dXNlcjpwQHNz"); // user:p@ss
    assertThat(target.toString()).isEqualTo("https://example.org/x");
  }

  @Test
  void theHostIsWhatFollowsTheLastAt() throws Exception {
    assertThat(Target.parse("http://example.org@127.0.0.1/").host()).isEqualTo("127.0.0.1");
    assertThat(Target.parse("http://example.org\\@127.0.0.1/").host()).isEqualTo("example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "foo",
        "http:",
        "http://",
        "http:///x",
        "http:/x",
        "://x",
        "http://a b/",
        "http://h:x",
        "http://h:0",
        "http://h:65536",
        "http://[::1",
        "http://[1.2.3.4]/",
        "http://[fe80::1%25eth0]/",
        "http://h\r\nx/",
        "http://h%00/",
        "http://a..b/",
        "http://.a/"
      })
  void whatIsNoUrlIsRefused(String url) {
    assertThatThrownBy(() -> Target.parse(url))
        .isInstanceOfSatisfying(
            Target.NotATarget.class, e -> assertThat(e.isOtherScheme()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h/x", "mailto:a@b", "file:///etc/passwd", "localhost:3000", "javascript:1"})
  void otherSchemesAreToldApart(String url) {
    assertThatThrownBy(() -> Target.parse(url))
        .isInstanceOfSatisfying(
            Target.NotATarget.class, e -> assertThat(e.isOtherScheme()).isTrue());
  }

  @Test
  void aLineBreakInThePathDoesNotReachTheWire() throws Exception {
    assertThat(Target.parse("http://h/a\r\nX-Evil: 1").path()).isEqualTo("/a%0D%0AX-Evil:%201");
  }

  @Test
  void aUrlAboveTheLimitIsRefused() throws Exception {
    String longest = "http://h/" + "a".repeat(Target.MAX_CHARACTERS - 9);
    assertThat(Target.parse(longest).path()).hasSize(Target.MAX_CHARACTERS - 8);
    assertThatThrownBy(() -> Target.parse(longest + "a")).isInstanceOf(Target.NotATarget.class);
  }
}
