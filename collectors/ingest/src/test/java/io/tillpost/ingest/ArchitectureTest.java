package io.tillpost.ingest;

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
          .importPackages("io.tillpost.ingest");

  @Test
  void ingestKnowsOnlyTheMessageStore() {
    noClasses()
        .that()
        .resideInAPackage("io.tillpost.ingest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillpost.console..",
            "io.tillpost.alerting..",
            "io.tillpost.alert..",
            "io.tillpost.elasticsearch..",
            "io.tillpost.simulator..",
            "com.vaadin..",
            "co.elastic..")
        .check(CLASSES);
  }

  @Test
  void librariesStayInTheirPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillpost.ingest.log")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.rocksdb..", "org.apache.kafka..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillpost.ingest.otlp")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.opentelemetry.proto..", "io.grpc..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillpost.ingest")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.tillpost.store.elasticsearch..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.tillpost.ingest.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
