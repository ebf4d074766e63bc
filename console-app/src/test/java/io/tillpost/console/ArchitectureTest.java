package io.tillpost.console;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.Route;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.run.RecoveryDispatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String RECOVERY = "io.tillpost.console.recovery";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillpost.console");

  @Test
  void theConsoleNeverImportsIngest() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tillpost.ingest..")
        .check(CLASSES);
  }

  @Test
  void onlyTheStoragePackageKnowsElasticsearch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillpost.console.storage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillpost.elasticsearch..", "io.tillpost.store.elasticsearch..", "co.elastic..")
        .check(CLASSES);
  }

  @Test
  void nothingButViewsDependsOnViews() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tillpost.console", "io.tillpost.console..ui")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tillpost.console..ui")
        .check(CLASSES);
  }

  @Test
  void viewsAreTheirFeaturesOwn() {
    classes().that().areAnnotatedWith(Route.class).should().notBePublic().check(CLASSES);
  }

  @Test
  void featuresDoNotDependOnEachOtherInCircles() {
    slices().matching("io.tillpost.console.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** Each uses those before it at most; the words and records above them use none. */
  @Test
  void thePartsOfRecoveryUseEachOtherInOneDirection() {
    List<String> parts =
        Stream.of(
                "",
                ".channel",
                ".target",
                ".automatic",
                ".earlier",
                ".run",
                ".list",
                ".operation",
                ".act",
                ".edit",
                ".due",
                ".api",
                ".ui")
            .map(RECOVERY::concat)
            .toList();
    for (int i = 0; i < parts.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(parts.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(parts.subList(i + 1, parts.size()).toArray(String[]::new))
          .check(CLASSES);
    }
    classes()
        .that()
        .resideInAPackage(RECOVERY + "..")
        .should()
        .resideInAnyPackage(parts.toArray(String[]::new))
        .check(CLASSES);
  }

  /** What plans and sends asks nobody for a right: the classes before it do. */
  @Test
  void recoveryIsAskedWhereRightsAreLookedAt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(RECOVERY + "..")
        .or()
        .resideInAPackage(RECOVERY + ".ui")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(RECOVERY + ".channel", RECOVERY + ".list")
                .or(belongToAnyOf(RecoveryRecords.class, RecoveryDispatcher.class)))
        .check(CLASSES);
  }
}
