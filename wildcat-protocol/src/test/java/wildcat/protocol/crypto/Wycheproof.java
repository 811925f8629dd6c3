package wildcat.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/// Google's and C2SP's collection of vectors that broke other libraries, one file per primitive.
public final class Wycheproof {
  /// What a primitive makes of one vector.
  public interface Check {
    /// @param group what its vectors have in common
    /// @return whether the primitive agrees with the vector's inputs
    boolean holds(JsonNode group, JsonNode test) throws Exception;
  }

  private Wycheproof() {}

  /// Runs every vector of a file: `check` must hold for the valid ones and must not for the invalid.
  ///
  /// @param expected how many vectors the file has, so that none is lost
  public static void run(String file, int expected, Check check) throws Exception {
    int count = 0;
    for (JsonNode group : read(file).get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        boolean valid = !test.get("result").asText().equals("invalid");
        assertThat(check.holds(group, test)).as("%s: %s", file, test).isEqualTo(valid);
        count++;
      }
    }
    assertThat(count).isEqualTo(expected);
  }

  public static byte[] bytes(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).asText());
  }

  private static JsonNode read(String file) {
    try (var in = Wycheproof.class.getResourceAsStream("/wycheproof/" + file)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
