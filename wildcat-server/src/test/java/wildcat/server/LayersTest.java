package wildcat.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("wildcat.server");

  /// Who may import a package; the root may import all.
  private static final Map<String, List<String>> IMPORTERS =
      Map.ofEntries(
          Map.entry("config", List.of()),
          Map.entry("moving", List.of()),
          Map.entry("rest.v1", List.of()),
          Map.entry("rest.legacy", List.of()),
          Map.entry("rest.openapi", List.of()),
          Map.entry("rest.http", List.of("rest.v1", "rest.legacy", "rest.openapi")),
          Map.entry("command", List.of("config", "rest.v1", "rest.legacy", "rest.http")),
          Map.entry("account", List.of("rest.v1", "rest.legacy", "rest.http", "command")),
          Map.entry("webhook", List.of("rest.v1", "rest.legacy", "command", "moving")),
          Map.entry(
              "key", List.of("rest.v1", "rest.legacy", "rest.http", "rest.openapi", "command")),
          Map.entry("egress", List.of("config", "rest.v1", "command", "webhook")),
          Map.entry(
              "store",
              List.of("rest.v1", "rest.legacy", "command", "account", "webhook", "key", "moving")),
          Map.entry("content", List.of("rest.legacy", "webhook")),
          Map.entry("qr", List.of("rest.v1")),
          Map.entry("log", List.of("config")));

  @Test
  void importsPointDown() {
    var layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("root")
            .definedBy("wildcat.server");
    for (String name : IMPORTERS.keySet()) {
      layers = layers.layer(name).definedBy("wildcat.server." + name);
    }
    layers = layers.whereLayer("root").mayNotBeAccessedByAnyLayer();
    for (var entry : IMPORTERS.entrySet()) {
      var importers = new java.util.ArrayList<>(entry.getValue());
      importers.add("root");
      layers =
          layers
              .whereLayer(entry.getKey())
              .mayOnlyBeAccessedByLayers(importers.toArray(String[]::new));
    }
    layers.check(CLASSES);
  }

  @Test
  void theHttpLibraryStaysInItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("wildcat.server.rest.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(CLASSES);
  }

  @Test
  void onlyEgressCallsForeignAddresses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("wildcat.server.egress")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("wildcat.(**)").should().beFreeOfCycles().check(CLASSES);
    slices().matching("wildcat.server.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
