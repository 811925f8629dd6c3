package wildcat.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFileTest {
  @Test
  void linesAreReadAsDotenvReadsThem() throws Exception {
    assertThat(
            parse(
                """
                # a comment
                HOST=0.0.0.0

                export PORT = 3001
                A='single # quoted \\n'   # comment
                B="double \\"quoted\\"\\n\\t\\\\x"
                C=plain value # comment
                D=has#hash
                E=
                F= # only a comment
                  G=indented
                H='it=has=equals'
                """))
        .isEqualTo(
            Map.of(
                "HOST", "0.0.0.0",
                "PORT", "3001",
                "A", "single # quoted \\n",
                "B", "double \"quoted\"\n\t\\x",
                "C", "plain value",
                "D", "has#hash",
                "E", "",
                "F", "",
                "G", "indented",
                "H", "it=has=equals"));
  }

  @Test
  void windowsFilesAreRead() throws Exception {
    assertThat(EnvFile.parse(".env", List.of("\uFEFFHOST=h\r", "PORT=1\r")))
        .isEqualTo(Map.of("HOST", "h", "PORT", "1"));
  }

  @Test
  void aBrokenLineIsNamedByItsNumberOnly() {
    assertThatThrownBy(() -> parse("HOST=h\nMY SECRET\n"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessage(".env: line 2 is not NAME=value");
    assertThatThrownBy(() -> parse("KEY='secret\n"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessage(".env: line 1 has a quote without its end");
  }

  private static Map<String, String> parse(String text) throws InvalidConfig {
    return EnvFile.parse(".env", text.lines().toList());
  }
}
