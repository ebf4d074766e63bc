package io.tillpost;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillpost")
          // The embedded node is on the class path of the tests only.
          .that(resideOutsideOfPackage("io.tillpost.elasticsearch.."));

  @Test
  void theMessageStoreKnowsNoOtherModuleOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillpost.ingest..",
            "io.tillpost.settings..",
            "io.tillpost.console..",
            "io.tillpost.alert..",
            "io.tillpost.frontend..",
            "io.tillpost.elasticsearch..",
            "io.tillpost.simulator..")
        .check(CLASSES);
  }

  @Test
  void onlyTheAdapterKnowsElasticsearch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillpost.store.elasticsearch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "co.elastic..",
            "org.elasticsearch..",
            "org.apache.hc..",
            "io.tillpost.store.elasticsearch..")
        .check(CLASSES);
  }

  @Test
  void neitherSpringNorVaadinIsNeeded() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "com.vaadin..", "jakarta..")
        .check(CLASSES);
  }

  @Test
  void theLanguageKnowsNoStorage() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tillpost.message..",
            "io.tillpost.trace..",
            "io.tillpost.failure..",
            "io.tillpost.location..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.tillpost.store..", "tools.jackson..")
        .check(CLASSES);
  }

  @Test
  void jsonIsJacksonThree() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
        .check(CLASSES);
  }
}
