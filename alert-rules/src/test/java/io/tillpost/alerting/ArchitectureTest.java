package io.tillpost.alerting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillpost.alerting");

  @Test
  void alertRulesKnowOnlyTheMessageStore() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillpost.console..",
            "io.tillpost.ingest..",
            "io.tillpost.store.elasticsearch..",
            "co.elastic..",
            "com.vaadin..",
            "jakarta.servlet..",
            "org.springframework.web..")
        .check(classes);
  }

  @Test
  void rulesKnowNothingOfEvaluationAndEvaluationNothingOfMail() {
    noClasses()
        .that()
        .resideInAPackage("io.tillpost.alerting.rule..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillpost.alerting.evaluate..",
            "io.tillpost.alerting.notify..",
            "org.springframework..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("io.tillpost.alerting.evaluate..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillpost.alerting.notify..", "jakarta.mail..", "org.springframework..")
        .check(classes);
  }

  @Test
  void thereIsNoCycle() {
    slices().matching("io.tillpost.alerting.(*)..").should().beFreeOfCycles().check(classes);
  }
}
