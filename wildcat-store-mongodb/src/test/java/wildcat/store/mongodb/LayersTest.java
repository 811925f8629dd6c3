package wildcat.store.mongodb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("wildcat.store");

  @Test
  void aStoreKnowsItsInterfaceAndTheValuesItKeepsAndNothingElseOfOurs() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "wildcat.store.mongodb..",
            "wildcat.client.store",
            "wildcat.client.store.cache",
            "wildcat.client.store.codec",
            "wildcat.client.store.seal",
            "wildcat.client.event",
            "wildcat.protocol.bytes",
            "wildcat.protocol.curve",
            "wildcat.protocol.jid",
            "wildcat.protocol.ratchet",
            "java..",
            "com.google.errorprone.annotations..",
            "org.jspecify.annotations..",
            "org.slf4j..",
            "com.mongodb..",
            "org.bson..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("wildcat.store.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
