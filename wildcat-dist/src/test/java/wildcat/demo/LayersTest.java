package wildcat.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The demo starts server and simulator and uses them as anybody could: over REST, and through the phones.
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("wildcat.demo");

  @Test
  void theDemoReachesIntoNobody() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "wildcat.client",
            "wildcat.client.device..",
            "wildcat.client.message..",
            "wildcat.client.pairing..",
            "wildcat.client.session..",
            "wildcat.client.transport..",
            "wildcat.server.command..",
            "wildcat.server.account..",
            "wildcat.server.webhook..",
            "wildcat.server.rest..",
            "wildcat.cli.command..",
            "wildcat.simulator.world..",
            "wildcat.simulator.answer..",
            "wildcat.simulator.connection..")
        .check(CLASSES);
  }
}
