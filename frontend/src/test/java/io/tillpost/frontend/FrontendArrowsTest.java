package io.tillpost.frontend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class FrontendArrowsTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillpost.frontend");

  @Test
  void theLookKnowsNothingOfOurDomain() {
    assertThat(OURS).isNotEmpty();

    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are ours but not of the frontend",
                (JavaClass other) ->
                    other.getPackageName().startsWith("io.tillpost")
                        && !other.getPackageName().startsWith("io.tillpost.frontend")))
        .check(OURS);
  }

  @Test
  void theLookKnowsNoStorageAndNoContainer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("co.elastic..", "org.springframework..", "jakarta..")
        .check(OURS);
  }

  @Test
  void componentsDoNotKnowEachOther() {
    for (String part :
        new String[] {"chart", "heatmap", "impact", "payload", "timeline", "trace"}) {
      noClasses()
          .that()
          .resideInAPackage("io.tillpost.frontend." + part)
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are of another component",
                  (JavaClass other) ->
                      other.getPackageName().startsWith("io.tillpost.frontend.")
                          && !other.getPackageName().equals("io.tillpost.frontend." + part)))
          .check(OURS);
    }
  }
}
