package io.tillpost.elasticsearch.embedded;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchPredicates;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String MODULE = "io.tillpost.elasticsearch.embedded..";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillpost");

  @Test
  void dependsOnNothingOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("io.tillpost..").and(resideOutsideOfPackage(MODULE)))
        .check(CLASSES);
  }

  @Test
  void dependsOnNoFramework() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "com.vaadin..", "co.elastic..")
        .check(CLASSES);
  }

  @Test
  void touchesTheServersClassesOnlyWhereTheChildRuns() {
    // Who depends on this module does not have them on its class path.
    noClasses()
        .that(
            ArchPredicates.are(
                resideInAPackage("io.tillpost.elasticsearch.embedded")
                    .and(
                        com.tngtech.archunit.base.DescribedPredicate.not(
                            belongToAnyOf(NodeMain.class)))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.elasticsearch..", "org.apache..", "io.netty..")
        .check(CLASSES);
  }
}
