package wildcat.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Main, then the commands, then REST, then output; and nothing of ours but this module.
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("wildcat.cli");

  @Test
  void importsPointDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy("wildcat.cli")
        .layer("legacy")
        .definedBy("wildcat.cli.legacy")
        .layer("command")
        .definedBy("wildcat.cli.command")
        .layer("rest")
        .definedBy("wildcat.cli.rest")
        .layer("output")
        .definedBy("wildcat.cli.output")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("legacy")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("main", "legacy")
        .whereLayer("rest")
        .mayOnlyBeAccessedByLayers("main", "legacy", "command")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("wildcat.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theServerIsReachedOverHttpOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "wildcat.server..", "wildcat.client..", "wildcat.protocol..", "wildcat.simulator..")
        .check(CLASSES);
  }
}
