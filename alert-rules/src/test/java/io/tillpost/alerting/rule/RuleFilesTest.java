package io.tillpost.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFilesTest {
  private static final String HEAD =
      """
      groups:
        - name: g
          rules:
      """;

  @Test
  void readsEveryKeyOfARule() {
    AlertRule rule =
        only(
            """
            groups:
              - name: transactions
                rules:
                  - alert: Unsent
                    measure: unsent-transactions
                    workflow: [sales-posting, returns]
                    group-by: workflow
                    when:
                      any:
                        - count: "> 10"
                        - all:
                            - oldest: ">= 1h30m"
                            - money: "> 5000.50 EUR"
                    for: 90s
                    keep-firing-for: 2m
                    severity: critical
                    labels: {team: pos-support}
                    annotations:
                      summary: "{{ count }} of {{workflow}}"
                      meaning: Money is missing.
                      what-to-do: Look.
                      runbook: https://example.com/unsent
            """);
    assertThat(rule.group()).isEqualTo("transactions");
    assertThat(rule.line()).isEqualTo(4);
    assertThat(rule.workflows()).containsExactlyInAnyOrder("sales-posting", "returns");
    assertThat(rule.grouping()).isEqualTo(Grouping.WORKFLOW);
    assertThat(rule.holdFor()).isEqualTo(Duration.ofSeconds(90));
    assertThat(rule.keepFiringFor()).isEqualTo(Duration.ofMinutes(2));
    assertThat(rule.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(rule.labels()).containsEntry("team", "pos-support");
    assertThat(rule.annotations().runbook()).hasHost("example.com");
    assertThat(rule.when())
        .isEqualTo(
            new Condition.Any(
                List.of(
                    compare(Quantity.COUNT, Operator.MORE, new Threshold.Count(10)),
                    new Condition.All(
                        List.of(
                            compare(
                                Quantity.OLDEST,
                                Operator.AT_LEAST,
                                new Threshold.Age(Duration.ofMinutes(90))),
                            compare(
                                Quantity.MONEY,
                                Operator.MORE,
                                new Threshold.Amount(new Money(500_050, "EUR"))))))));
  }

  @Test
  void severalComparisonsOfOneConditionMustAllHold() {
    AlertRule rule =
        only(
            HEAD
                + """
                - alert: A
                  measure: objective-in-time-percent
                  when: {percent: "< 99.5 %", count: ">= 50"}
                  severity: info
                """
                    .indent(6));
    assertThat(rule.when())
        .isEqualTo(
            new Condition.All(
                List.of(
                    compare(
                        Quantity.PERCENT,
                        Operator.LESS,
                        new Threshold.Percent(new BigDecimal("99.5"))),
                    compare(Quantity.COUNT, Operator.AT_LEAST, new Threshold.Count(50)))));
    assertThat(rule.over()).isEqualTo(Duration.ofHours(1));
    assertThat(rule.grouping()).isEqualTo(Grouping.WORKFLOW);
    assertThat(rule.annotations().summary()).contains("{{ percent }}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void saysWhatIsWrongAndWhere(String expected, String yaml) {
    assertThat(RuleFiles.read(List.of(new RuleSource("rules.yml", yaml))))
        .isInstanceOfSatisfying(
            RuleSet.Invalid.class,
            invalid -> assertThat(invalid.problems()).first().hasToString("rules.yml:" + expected));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("1:1: the file is empty; it needs 'groups'", ""),
        mistake("2:4: this is not YAML: mapping values are not allowed here", "a: b\n  c: d\n"),
        mistake("1:1: unknown key 'group' in a rule file; did you mean 'groups'?", "group: []\n"),
        mistake(
            "5:7: unknown key 'mesure' in a rule; did you mean 'measure'?",
            rule("mesure: store-silent", "when: {count: \"> 1\"}", "severity: info")),
        mistake(
            "5:16: unknown measure 'stores-silent'; did you mean 'store-silent'?",
            rule("measure: stores-silent", "when: {count: \"> 1\"}", "severity: info")),
        mistake(
            "7:17: unknown severity 'page'; known are critical, info, warning",
            rule("measure: store-silent", "when: {count: \"> 1\"}", "severity: page")),
        mistake(
            "4:7: a rule needs 'severity'",
            rule("measure: store-silent", "when: {count: \"> 1\"}")),
        mistake("4:7: a rule needs 'when'", rule("measure: store-silent", "severity: info")),
        mistake(
            "6:25: '15' has no unit; write 15s, 15m or 15h",
            rule("measure: store-silent", "when: {oldest: \"> 15\"}", "severity: info")),
        mistake(
            "6:24: 'soon' is not a duration; write it like 90s, 15m, 1h30m or 2d",
            rule("measure: store-silent", "when: {oldest: \">soon\"}", "severity: info")),
        mistake(
            "6:23: 'ten' is not a whole number; write it like count: \"> 10\"",
            rule("measure: store-silent", "when: {count: \">ten\"}", "severity: info")),
        mistake(
            "6:21: '10' is not a comparison; begin with >, >=, < or <=, like count: \"> 10\"",
            rule("measure: store-silent", "when: {count: 10}", "severity: info")),
        mistake(
            "6:14: 'store-silent' has no money; it has count, oldest",
            rule("measure: store-silent", "when: {money: \"> 1 EUR\"}", "severity: info")),
        mistake(
            "6:25: 'XYZ' is not an ISO 4217 currency",
            rule("measure: unsent-transactions", "when: {money: \">1 XYZ\"}", "severity: info")),
        mistake(
            "6:7: 'store-silent' cannot be grouped by workflow, only by region",
            rule(
                "measure: store-silent",
                "group-by: workflow",
                "when: {count: \"> 1\"}",
                "severity: info")),
        mistake(
            "6:7: 'ingest-lag' looks at the present only; leave 'over' out",
            rule("measure: ingest-lag", "over: 5m", "when: {oldest: \"> 1m\"}", "severity: info")),
        mistake(
            "8:31: unknown placeholder 'stroes' for this measure and grouping;"
                + " did you mean 'stores'?",
            rule(
                "measure: store-silent",
                "when: {count: \"> 1\"}",
                "severity: info",
                "annotations: {meaning: \"{{ stroes }}\"}")),
        mistake(
            "8:31: '{{' is not closed with '}}'",
            rule(
                "measure: store-silent",
                "when: {count: \"> 1\"}",
                "severity: info",
                "annotations: {meaning: \"{{ stores\"}")),
        mistake(
            "8:30: 'runbook' has to be an address that begins with https:// or http://",
            rule(
                "measure: store-silent",
                "when: {count: \"> 1\"}",
                "severity: info",
                "annotations: {runbook: \"javascript:alert(1)\"}")),
        mistake(
            "6:7: 'severity' stands twice in a rule",
            rule(
                "severity: info",
                "severity: info",
                "measure: store-silent",
                "when: {count: \"> 1\"}")),
        mistake(
            "8:7: there is an alert 'A' already, in rules.yml line 4",
            rule("measure: store-silent", "when: {count: \"> 1\"}", "severity: info")
                + rule("measure: store-silent", "when: {count: \"> 1\"}", "severity: info")
                    .substring(HEAD.length())));
  }

  @Test
  void tellsAllMistakesOfAFileInTheOrderOfItsLines() {
    RuleSet read =
        RuleFiles.read(
            List.of(
                new RuleSource(
                    "rules.yml",
                    rule("measure: store-silent", "when: {count: 1}", "for: 5", "severity: x"))));
    assertThat(((RuleSet.Invalid) read).problems())
        .extracting(Problem::line)
        .containsExactly(6, 7, 8);
  }

  @Test
  void aNameThatStandsInAnotherFileIsRefused() {
    String yaml = rule("measure: store-silent", "when: {count: \"> 1\"}", "severity: info");
    RuleSet read =
        RuleFiles.read(List.of(new RuleSource("a.yml", yaml), new RuleSource("b.yml", yaml)));
    assertThat(((RuleSet.Invalid) read).problems())
        .singleElement()
        .hasToString("b.yml:4:7: there is an alert 'A' already, in a.yml line 4");
  }

  private static AlertRule only(String yaml) {
    RuleSet read = RuleFiles.read(List.of(new RuleSource("rules.yml", yaml)));
    assertThat(read).isInstanceOf(RuleSet.Loaded.class);
    assertThat(((RuleSet.Loaded) read).rules()).hasSize(1);
    return ((RuleSet.Loaded) read).rules().getFirst();
  }

  private static Condition compare(Quantity quantity, Operator operator, Threshold threshold) {
    return new Condition.Compare(quantity, operator, threshold);
  }

  /** A file with the rule "A" in line 4 and these keys in the lines below, from column 7 on. */
  private static String rule(String... keys) {
    return HEAD
        + "    - alert: A\n"
        + String.join("", Stream.of(keys).map(k -> "      " + k + "\n").toList());
  }

  private static Arguments mistake(String expected, String yaml) {
    return Arguments.of(expected, yaml);
  }
}
