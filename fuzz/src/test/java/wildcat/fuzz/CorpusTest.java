package wildcat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every target over what is kept of earlier fuzzing: inputs that reach something, and those that once failed.
class CorpusTest {
  private static final Path CORPUS = Path.of("corpus");

  private interface Target {
    void run(byte[] input) throws Exception;
  }

  private record Named(String name, Target target) {}

  private static final List<Named> TARGETS =
      List.of(
          new Named("FrameTarget", FrameTarget::fuzzerTestOneInput),
          new Named("NodeTarget", NodeTarget::fuzzerTestOneInput),
          new Named("JidTarget", JidTarget::fuzzerTestOneInput),
          new Named("NoiseTarget", NoiseTarget::fuzzerTestOneInput),
          new Named("RatchetTarget", RatchetTarget::fuzzerTestOneInput),
          new Named("PairingTarget", PairingTarget::fuzzerTestOneInput),
          new Named("StanzaTarget", StanzaTarget::fuzzerTestOneInput),
          new Named("ContentTarget", ContentTarget::fuzzerTestOneInput));

  @TestFactory
  Stream<DynamicTest> survives() {
    return TARGETS.stream()
        .map(named ->
            dynamicTest(
                named.name(),
                () -> {
                  List<Path> inputs = inputs(named.name());
                  assertThat(inputs).isNotEmpty();
                  for (Path input : inputs) {
                    try {
                      named.target().run(Files.readAllBytes(input));
                    } catch (Throwable e) {
                      throw new AssertionError(input + " fails", e);
                    }
                  }
                }));
  }

  @org.junit.jupiter.api.Test
  void everyTargetHasACorpusAndEveryCorpusATarget() throws Exception {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(TARGETS.stream().map(Named::name).toList());
    }
  }

  private static List<Path> inputs(String target) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
      return files.sorted().toList();
    }
  }
}
