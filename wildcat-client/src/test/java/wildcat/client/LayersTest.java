package wildcat.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// (root) → features → session → transport, store → event, time → protocol.
final class LayersTest {
  private static final String ROOT = "wildcat.client";

  /// What every package of the module may use of the others.
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("event", Set.of()),
          Map.entry("time", Set.of()),
          Map.entry("transport", Set.of()),
          Map.entry("store", Set.of("event")),
          Map.entry("store.memory", Set.of("store", "event")),
          Map.entry("store.codec", Set.of("store", "event")),
          Map.entry("store.seal", Set.of("store", "store.codec", "event")),
          Map.entry("store.cache", Set.of("store")),
          Map.entry("session", Set.of("transport", "store", "event", "time")),
          // features: session and below, and the other features named here
          Map.entry("pairing", Set.of("session", "store", "event", "time")),
          Map.entry("device", Set.of("session", "store", "event")),
          Map.entry("prekey", Set.of("session", "store", "event")),
          Map.entry("message", Set.of("prekey", "device", "session", "store", "event", "time")),
          Map.entry("receipt", Set.of("device", "session", "store", "event")),
          Map.entry("presence", Set.of("device", "session", "store", "event")),
          Map.entry("contact", Set.of("device", "session", "store", "event")),
          Map.entry("chat", Set.of("device", "session", "store", "event")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void importsPointDown() {
    ALLOWED.forEach((name, allowed) -> {
      Set<String> packages =
          Stream.concat(allowed.stream(), Stream.of(name))
              .map(p -> ROOT + "." + p)
              .collect(Collectors.toSet());
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + name)
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<JavaClass>("are of the module, beside " + packages) {
                @Override
                public boolean test(JavaClass used) {
                  return (used.getPackageName() + ".").startsWith(ROOT + ".")
                      && !packages.contains(used.getPackageName());
                }
              })
          .check(CLASSES);
    });
  }

  @Test
  void everyPackageHasItsPlace() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet()))
        .isEqualTo(ALLOWED.keySet());
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("wildcat.client.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theClientKnowsNoOtherModuleAboveTheProtocol() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "wildcat.simulator..", "wildcat.server..", "wildcat.store..", "wildcat.api..")
        .check(CLASSES);
  }

  @Test
  void socketsAreTheTransportsBusiness() {
    noClasses()
        .that()
        // the key file is forced to the disk before it is used
        .resideOutsideOfPackages("wildcat.client.transport..", "wildcat.client.store.seal")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "java.nio.channels..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void onlyTimersAndTransportKnowSchedulers() {
    noClasses()
        .that()
        .resideOutsideOfPackages("wildcat.client.time..", "wildcat.client.transport..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.concurrent\\.Scheduled.*|java\\.util\\.Timer.*")
        .check(CLASSES);
    for (String sleeping : List.of("sleep")) {
      noClasses().should().callMethod(Thread.class, sleeping, long.class).check(CLASSES);
    }
  }
}
