package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.Money;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionFilterParametersTest {
  private static final ExceptionFilter EVERYTHING =
      new ExceptionFilter(
          Set.of("returns", "sales-posting"),
          Set.of("erp"),
          Set.of("0412", "0413"),
          Set.of("North & South"),
          Map.of("sku", "A-100", "location", "bin:7, left"),
          "tax code",
          Set.of(ExceptionStatus.NEW, ExceptionStatus.REGRESSED),
          Set.of(FailureClass.MAPPING, FailureClass.TRANSIENT),
          OwnerSide.IT,
          "ada",
          "Retail IT",
          new Money(100_000, "EUR"),
          Duration.ofHours(4),
          Set.of(LastRecovery.Result.RUNNING, LastRecovery.Result.LEFT_A_REST));

  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, List<String>> written = ExceptionFilterParameters.write(EVERYTHING);

    assertThat(written)
        .containsEntry("key", List.of("location:bin:7, left", "sku:A-100"))
        .containsEntry("money", List.of("EUR:100000"))
        .containsEntry("age", List.of("4h"))
        .containsEntry("recovery", List.of("LEFT_A_REST", "RUNNING"));
    assertThat(read(written)).isEqualTo(EVERYTHING);
  }

  @Test
  void nothingIsWrittenOfWhatAsksForNothing() {
    assertThat(ExceptionFilterParameters.write(ExceptionFilter.ALL)).isEmpty();
    assertThat(read(Map.of())).isEqualTo(ExceptionFilter.ALL);
    assertThat(read(Map.of("q", List.of(" "), "store", List.of(""), "foreign", List.of("x"))))
        .isEqualTo(ExceptionFilter.ALL);
  }

  @Test
  void meIsWhoAsks() {
    assertThat(read(Map.of("assignee", List.of("me"))).assignee()).isEqualTo("ada");
    assertThat(read(Map.of("assignee", List.of("nobody"))).assignee())
        .isEqualTo(ExceptionFilter.NOBODY);
  }

  @Test
  void myTeamsAreThoseOfWhoeverOpensTheAddress() {
    ExceptionFilter mine = read(Map.of("team", List.of("Mine")));

    assertThat(mine.asksForMyTeams()).isTrue();
    assertThat(ExceptionFilterParameters.write(mine)).containsEntry("team", List.of("mine"));
    assertThat(mine.withoutTriage()).isEqualTo(ExceptionFilter.ALL);
    assertThat(read(Map.of("team", List.of("Retail IT"))).withoutTriage().team())
        .isEqualTo("Retail IT");
  }

  @Test
  void theSideHasTwoNames() {
    assertThat(read(Map.of("side", List.of("IT"))).side()).isEqualTo(OwnerSide.IT);
    assertThat(read(Map.of("owner", List.of("BUSINESS"))).side()).isEqualTo(OwnerSide.BUSINESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"90s", "45m", "26h", "3d"})
  void anAgeIsWrittenAsItWasRead(String age) {
    assertThat(ExceptionFilterParameters.write(read(Map.of("age", List.of(age)))))
        .containsEntry("age", List.of(age));
  }

  @ParameterizedTest
  @CsvSource({
    "class, NONSENSE",
    "class, business_rule",
    "owner, NOBODY",
    "side, it",
    "money, 100",
    "money, EUR:-5",
    "money, EUR:1.50",
    "money, euro:100",
    "money, EUR:99999999999999999999",
    "age, 4",
    "age, PT4H",
    "age, -4h",
    "age, 99999999d",
    "key, sku",
    "key, sku:",
    "key, :A-100",
    "recovery, running",
    "recovery, FAILED"
  })
  void whatCannotBeReadIsSaidAndAsksForNothing(String name, String value) {
    ExceptionFilterParameters.Read read =
        ExceptionFilterParameters.read(
            Map.of(name, List.of(value), "workflow", List.of("returns")), "ada");

    assertThat(read.problems()).singleElement().asString().contains(value);
    assertThat(read.filter())
        .isEqualTo(ExceptionFilter.ALL.with(f -> f.workflows(Set.of("returns"))));
  }

  @Test
  void aFilterIsBounded() {
    List<String> keys = IntStream.range(0, 21).mapToObj(i -> "key" + i + ":x").toList();

    ExceptionFilterParameters.Read read =
        ExceptionFilterParameters.read(
            Map.of("key", keys, "q", List.of("x".repeat(201)), "team", List.of("x".repeat(101))),
            "ada");

    assertThat(read.problems()).hasSize(3);
    assertThat(read.filter().team()).isNull();
    assertThat(read.filter().keys()).hasSize(20);
    assertThat(read.filter().text()).isNull();
  }

  private static ExceptionFilter read(Map<String, List<String>> parameters) {
    ExceptionFilterParameters.Read read = ExceptionFilterParameters.read(parameters, "ada");
    assertThat(read.problems()).isEmpty();
    return read.filter();
  }
}
