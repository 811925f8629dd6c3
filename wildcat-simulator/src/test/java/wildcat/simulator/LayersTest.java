package wildcat.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayersTest {
  /// Each may use those before it; the module's own package uses all.
  private static final List<String> LAYERS =
      List.of("world", "depot", "fault", "phone", "answer", "connection", "admin");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("wildcat.simulator");

  @Test
  void importsPointDown() {
    for (int i = 0; i < LAYERS.size(); i++) {
      List<String> above =
          LAYERS.subList(i + 1, LAYERS.size()).stream().map(LayersTest::packageOf).toList();
      noClasses()
          .that()
          .resideInAPackage(packageOf(LAYERS.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above.toArray(String[]::new))
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("wildcat.simulator")
          .check(CLASSES);
    }
  }

  private static String packageOf(String layer) {
    return "wildcat.simulator." + layer;
  }

  @Test
  void everyPackageHasItsLayer() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("wildcat.simulator"))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(LAYERS.stream().map(LayersTest::packageOf).toList());
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("wildcat.simulator.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theSimulatorKnowsTheProtocolAndNothingElseOfWildcat() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "wildcat.client..", "wildcat.server..", "wildcat.api..", "wildcat.cli..")
        .check(CLASSES);
  }

  @Test
  void onlyConnectionsKnowNettyAndOnlyTheAdminSurfaceKnowsJson() {
    noClasses()
        .that()
        .resideOutsideOfPackage("wildcat.simulator.connection")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("wildcat.simulator.admin")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CLASSES);
  }
}
