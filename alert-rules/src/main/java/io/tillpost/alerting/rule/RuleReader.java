package io.tillpost.alerting.rule;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one rule. */
final class RuleReader {
  private static final List<String> KEYS =
      List.of(
          "alert",
          "measure",
          "workflow",
          "group-by",
          "over",
          "when",
          "for",
          "keep-firing-for",
          "severity",
          "labels",
          "annotations");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
  private static final int MAX_NAME = 100;
  private static final Duration MAX_WINDOW = Duration.ofDays(1);

  private final Problems problems;

  RuleReader(Problems problems) {
    this.problems = problems;
  }

  /** The rule; empty, with problems, where it cannot be read. */
  Optional<AlertRule> read(Node node, String group) {
    return Block.of(node, "a rule", KEYS, problems).flatMap(block -> rule(block, group));
  }

  private Optional<AlertRule> rule(Block block, String group) {
    Optional<String> name = block.requiredText("alert", "a rule").map(this::name);
    Optional<Measure> measure =
        block
            .requiredText("measure", "a rule")
            .flatMap(n -> word(n, "measure", Measure.values(), Measure::word));
    Optional<Severity> severity =
        block
            .requiredText("severity", "a rule")
            .flatMap(n -> word(n, "severity", Severity.values(), Severity::word));
    Duration holdFor = duration(block, "for").orElse(Duration.ZERO);
    Duration keepFiringFor = duration(block, "keep-firing-for").orElse(Duration.ZERO);
    Map<String, String> labels = labels(block.find("labels"));
    if (measure.isEmpty()) {
      return Optional.empty();
    }
    Measure measured = measure.get();
    Grouping grouping = grouping(block, measured);
    Set<String> workflows = workflows(block, measured);
    Duration over = over(block, measured);
    Optional<Condition> when = when(block, measured);
    Annotations annotations =
        new AnnotationReader(measured, grouping, problems)
            .read(block.find("annotations"), UsualSummary.of(measured));
    if (name.isEmpty() || severity.isEmpty() || when.isEmpty()) {
      return Optional.empty();
    }
    int line = block.node().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return Optional.of(
        new AlertRule(
            name.get(),
            group,
            problems.file(),
            line,
            measured,
            workflows,
            grouping,
            over,
            when.get(),
            holdFor,
            keepFiringFor,
            severity.get(),
            labels,
            annotations));
  }

  private String name(ScalarNode node) {
    String name = node.getValue().strip();
    if (name.length() > MAX_NAME || CONTROL.matcher(name).find()) {
      problems.at(node, "'alert' has to be one line of at most " + MAX_NAME + " characters");
    }
    return name;
  }

  private Optional<Condition> when(Block block, Measure measure) {
    block.require("when", "a rule");
    Node node = block.find("when");
    return node == null ? Optional.empty() : new ConditionReader(measure, problems).read(node);
  }

  private Grouping grouping(Block block, Measure measure) {
    Optional<Grouping> given =
        block.text("group-by").flatMap(n -> word(n, "group-by", Grouping.values(), Grouping::word));
    if (given.isPresent()
        && given.get() != measure.usualGrouping()
        && !measure.groupings().contains(given.get())) {
      String possible =
          measure.groupings().stream().map(Grouping::word).collect(Collectors.joining(" or "));
      problems.at(
          block.keyNode("group-by"),
          "'"
              + measure.word()
              + "' cannot be grouped by "
              + given.get().word()
              + (possible.isEmpty() ? "; leave 'group-by' out" : ", only by " + possible));
    }
    return given.orElse(measure.usualGrouping());
  }

  private Set<String> workflows(Block block, Measure measure) {
    if (block.find("workflow") != null && !measure.takesWorkflows()) {
      problems.at(block.keyNode("workflow"), "'" + measure.word() + "' does not look at workflows");
    }
    return block.list("workflow").stream()
        .flatMap(node -> block.textOf(node, "workflow").stream())
        .map(node -> node.getValue().strip())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private @Nullable Duration over(Block block, Measure measure) {
    Duration usual = measure.usualWindow();
    if (usual == null) {
      if (block.find("over") != null) {
        problems.at(
            block.keyNode("over"),
            "'" + measure.word() + "' looks at the present only; leave 'over' out");
      }
      return null;
    }
    Duration over = duration(block, "over").orElse(usual);
    if (over.compareTo(Duration.ofMinutes(1)) < 0 || over.compareTo(MAX_WINDOW) > 0) {
      problems.at(block.keyNode("over"), "'over' has to be from 1m to 24h");
      return usual;
    }
    return over;
  }

  private Optional<Duration> duration(Block block, String key) {
    return block.text(key).flatMap(node -> DurationReader.read(node, 0, problems));
  }

  private Map<String, String> labels(@Nullable Node node) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (node == null) {
      return labels;
    }
    Block.of(node, "labels", List.of(), problems)
        .ifPresent(
            block -> {
              for (String key : block.keys()) {
                if (!LABEL.matcher(key).matches()) {
                  problems.at(
                      block.keyNode(key),
                      "the label '" + key + "' has to be lower-case letters, digits, _ and -");
                }
                block.text(key).ifPresent(value -> labels.put(key, value.getValue().strip()));
              }
            });
    return labels;
  }

  private <T> Optional<T> word(
      ScalarNode node, String key, T[] values, Function<T, String> wordOf) {
    Optional<T> found =
        Arrays.stream(values).filter(v -> wordOf.apply(v).equals(node.getValue())).findFirst();
    if (found.isEmpty()) {
      problems.at(
          node,
          "unknown "
              + key
              + " '"
              + node.getValue()
              + "'"
              + Problems.suggestion(node.getValue(), Arrays.stream(values).map(wordOf).toList()));
    }
    return found;
  }
}
