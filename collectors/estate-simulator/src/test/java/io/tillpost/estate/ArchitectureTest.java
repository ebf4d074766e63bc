package io.tillpost.estate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillpost.estate");

  @Test
  void knowsNothingOfOursButThePublicProtocols() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.tillpost..").and(resideOutsideOfPackage("io.tillpost.estate..")))
        .check(CLASSES);
  }

  @Test
  void needsNoFramework() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "com.vaadin..", "co.elastic..")
        .check(CLASSES);
  }

  @Test
  void hasNoCircleOfParts() {
    slices().matching("io.tillpost.estate.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
