package wildcat.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayersTest {
  /// Each may use those before it.
  private static final List<String> LAYERS =
      List.of(
          "bytes", "jid", "crypto", "curve", "node", "frame", "ratchet", "noise", "pairing",
          "media");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("wildcat.protocol");

  @Test
  void importsPointDown() {
    for (int i = 0; i < LAYERS.size() - 1; i++) {
      String[] above =
          LAYERS.subList(i + 1, LAYERS.size()).stream()
              .map(LayersTest::classesOf)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(classesOf(LAYERS.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .check(CLASSES);
    }
  }

  @Test
  void everyPackageHasItsLayer() {
    assertThat(CLASSES.stream().map(c -> c.getPackageName()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            LAYERS.stream().map(layer -> "wildcat.protocol." + layer).toList());
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("wildcat.protocol.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theProtocolKnowsNeitherOtherModulesNorSocketsThreadsAndLogging() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "wildcat.client..",
            "wildcat.simulator..",
            "wildcat.server..",
            "java.net..",
            "java.nio.channels..",
            "java.util.concurrent.locks..",
            "java.util.logging..",
            "org.slf4j..")
        .check(CLASSES);
    for (Class<?> kind : List.of(Thread.class, Executor.class, Future.class)) {
      noClasses().should().dependOnClassesThat().areAssignableTo(kind).check(CLASSES);
    }
  }

  private static String classesOf(String layer) {
    return "wildcat.protocol." + layer + "..";
  }
}
