package io.tillpost.settings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillpost.settings");

  @Test
  void settingsKnowTheLanguageAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillpost.ingest..",
            "io.tillpost.console..",
            "io.tillpost.alerting..",
            "io.tillpost.store..",
            "io.tillpost.elasticsearch..",
            "io.tillpost.simulator..")
        .check(CLASSES);
  }
}
