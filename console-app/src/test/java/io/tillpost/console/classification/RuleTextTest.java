package io.tillpost.console.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.text.Glob;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {
  @Test
  void theFirstRuleThatMatchesCounts() {
    ClassificationRules rules =
        rules(
            """
            rules:
              - rule: Busy
                class: transient
                http-status: [429, 5xx]
              - rule: Tax
                class: master-data
                owner: it
                workflow: [sales-posting, returns]
                target: erp*
                code: TAX_*
                field: lines[*].taxCode
              - rule: Rest of tax
                class: mapping
                text: tax code
            """);

    assertThat(first(rules, "sales-posting", "erp-1", failure("HTTP_429", "Slow", null)))
        .isEqualTo("Busy");
    assertThat(first(rules, "returns", "ERP", failure("TAX_UNKNOWN", "x", "lines[2].taxCode")))
        .isEqualTo("Tax");
    assertThat(first(rules, "returns", null, failure("TAX_UNKNOWN", "x", "lines[2].taxCode")))
        .isEqualTo("none");
    assertThat(first(rules, "returns", "wms", failure("E", "The Tax \n code DE-19X is odd", null)))
        .isEqualTo("Rest of tax");
    assertThat(rules.rules().get(1).side()).isEqualTo(OwnerSide.IT);
    assertThat(rules.rules().get(1).failureClass()).isEqualTo(FailureClass.MASTER_DATA);
    assertThat(rules.rules().get(1).line()).isEqualTo(5);
    assertThat(rules.rules().getFirst().conditions()).isEqualTo("http-status 429 or 5xx");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_429|Slow down|true",
        "503|away|true",
        "ERP|503 Service Unavailable|true",
        "ERP|the target answered with status 504|true",
        "ERP|HTTP/1.1 502|true",
        "ERP|article 503 is not known|false",
        "HTTP_404|Not there|false",
        "HTTP_5031|Odd|false"
      })
  void theStatusIsFoundInCodeAndText(String code, String text, boolean busy) {
    ClassificationRules rules =
        rules(
            """
            rules:
              - rule: Busy
                class: transient
                http-status: [429, 500-504]
            """);

    assertThat(first(rules, "w", null, failure(code, text, null)).equals("Busy")).isEqualTo(busy);
  }

  @Test
  void everyMistakeIsToldWithItsPlace() {
    assertThat(
            problems(
                """
                rules:
                  - rule: One
                    class: transitory
                    code: A
                  - rule: One
                    class: mapping
                    http-status: 999
                    colour: red
                  - rule: Asks for nothing
                    class: mapping
                  - class: mapping
                    code: []
                """))
        .extracting(RuleProblem::toString)
        .satisfiesExactly(
            p -> assertThat(p).startsWith("Line 3, column 12: 'transitory' is no class"),
            p -> assertThat(p).startsWith("Line 5, column 11: The rule in line 2 has this name"),
            p -> assertThat(p).startsWith("Line 7, column 18: '999' is no HTTP status"),
            p -> assertThat(p).startsWith("Line 8, column 5: 'colour' is not known"),
            p -> assertThat(p).startsWith("Line 9, column 5: A rule has to ask for something"),
            p -> assertThat(p).startsWith("Line 11, column 5: A rule needs 'rule'"),
            p -> assertThat(p).startsWith("Line 12, column 11: 'code' is an empty list"));
  }

  @Test
  void aRuleMaySayWhichTeamHasItAndWhoDealsWithIt() {
    ClassificationRules rules =
        rules("rules: [{rule: A, class: mapping, code: A, team: ' Retail IT ', assignee: anna}]");

    assertThat(rules.rules().getFirst())
        .returns("Retail IT", ClassificationRule::team)
        .returns("anna", ClassificationRule::assignee)
        .returns("rule 1 “A”", ClassificationRule::words);
    RuleText strict =
        RuleText.read(
            """
            rules:
              - rule: One
                class: mapping
                code: A
                team: ""
                assignee: [anna]
              - rule: Other
                class: mapping
                code: A
                team: %s
                assignee: ben
            """
                .formatted("x".repeat(101)),
            login -> Optional.of("Nobody has the user name " + login));
    assertThat(strict)
        .isInstanceOfSatisfying(
            RuleText.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(RuleProblem::toString)
                    .containsExactly(
                        "Line 5, column 11: 'team' has to be a text",
                        "Line 6, column 15: 'assignee' has to be a text",
                        "Line 10, column 11: A team's name is one line of at most 100 characters",
                        "Line 11, column 15: Nobody has the user name ben"));
  }

  @Test
  void everyMistakeInAFieldOfThePayloadIsToldWithItsPlace() {
    assertThat(
            problems(
                """
                rules:
                  - rule: One
                    class: mapping
                    payload: lines
                  - rule: Two
                    class: mapping
                    payload:
                      lines[: A
                      lines[0].unit: []
                      sale/@id/x: A
                      store:
                        - {a: b}
                      a..b: C
                  - rule: Three
                    class: mapping
                    payload: {}
                """))
        .extracting(RuleProblem::toString)
        .satisfiesExactly(
            p -> assertThat(p).startsWith("Line 4, column 14: 'payload' has to be a mapping"),
            p -> assertThat(p).startsWith("Line 8, column 7: 'lines[' is no field: write a path"),
            p -> assertThat(p).startsWith("Line 9, column 22: 'lines[0].unit' is an empty list"),
            p -> assertThat(p).startsWith("Line 10, column 7: 'sale/@id/x' is no field"),
            p -> assertThat(p).startsWith("Line 12, column 11: 'store' has to be a text"),
            p -> assertThat(p).startsWith("Line 13, column 7: 'a..b' is no field"),
            p -> assertThat(p).startsWith("Line 16, column 14: 'payload' has to be a mapping"));
    String many =
        "rules:\n"
            + IntStream.range(0, 26)
                .mapToObj(
                    i ->
                        "- {rule: R%d, class: mapping, payload: {a%d: x, b%d: x, c%d: x, d%d: x}}\n"
                            .formatted(i, i, i, i, i))
                .collect(Collectors.joining());
    assertThat(problems(many))
        .singleElement()
        .asString()
        .startsWith("Line 27, column 41: All rules together ask for up to 100 fields");
  }

  @Test
  void aRuleSaysWhatItAsksOfThePayload() {
    ClassificationRules rules =
        rules(
            """
            rules:
              - rule: Old tax
                class: master-data
                code: TAX_*
                payload:
                  lines[*].taxCode: [DE-19X, DE-16*]
                  store: "0412"
              - {rule: Tax, class: mapping, code: TAX_*}
            """);
    assertThat(rules.rules().getFirst().conditions())
        .isEqualTo("code TAX_* · payload lines[*].taxCode DE-19X or DE-16* and store 0412");
    assertThat(rules.asksForPayload("w", null, failure("TAX_X", "x", null))).isTrue();
    assertThat(rules.asksForPayload("w", null, failure("OTHER", "x", null))).isFalse();
    assertThat(first(rules, "w", null, failure("TAX_X", "x", null))).isEqualTo("Tax");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: {|Line 1",
        "- rule: x|Line 1, column 1: The text has to be a mapping",
        "rules: now|Line 1, column 8: 'rules' has to be a list",
        "rule: x|Line 1, column 1: 'rule' is not known; rules"
      })
  void whatIsNoListOfRulesIsSaid(String text, String problem) {
    assertThat(problems(text).getFirst().toString()).startsWith(problem);
  }

  @Test
  void anEmptyTextHasNoRules() {
    assertThat(rules("").rules()).isEmpty();
    assertThat(rules("# nothing\n").rules()).isEmpty();
    assertThat(rules("rules:\n").rules()).isEmpty();
  }

  @Test
  void aPatternOfStarsDoesNotHoldUpAnything() {
    assertThat(new Glob("*a".repeat(100) + "b").matches("a".repeat(20_000))).isFalse();
    assertThat(Glob.within("x*z").matches("0 X y Z 1")).isTrue();
    assertThat(new Glob("x").matches("xx")).isFalse();
  }

  private static String first(
      ClassificationRules rules, String workflow, String target, Failure failure) {
    return rules
        .withoutPayload(workflow, target, failure)
        .map(match -> match.rule().name())
        .orElse("none");
  }

  private static Failure failure(String code, String text, String field) {
    return new Failure(code, text, field, null);
  }

  private static ClassificationRules rules(String text) {
    return switch (RuleText.read(text)) {
      case RuleText.Valid valid -> valid.rules();
      case RuleText.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  private static List<RuleProblem> problems(String text) {
    return switch (RuleText.read(text)) {
      case RuleText.Valid _ -> throw new AssertionError("It is right");
      case RuleText.Invalid invalid -> invalid.problems();
    };
  }
}
