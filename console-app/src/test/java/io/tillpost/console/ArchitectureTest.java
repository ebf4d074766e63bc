package io.tillpost.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.Route;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
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

  /** What all of recovery shares uses none of its parts. */
  @Test
  void theWordsOfRecoveryKnowNothingOfItsParts() {
    noClasses()
        .that()
        .resideInAPackage("io.tillpost.console.recovery")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tillpost.console.recovery.*..")
        .check(CLASSES);
  }

  @Test
  void thePartsOfRecoveryDoNotDependOnEachOtherInCircles() {
    slices()
        .matching("io.tillpost.console.recovery.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}
