package io.tillpost.alerting;

import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.alerting.rule.Problem;
import io.tillpost.alerting.rule.RuleFiles;
import io.tillpost.alerting.rule.RuleSet;
import io.tillpost.alerting.rule.RuleSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ResourceLoader;

/**
 * The rules that are evaluated, as they were read when the process started. A file with a problem
 * is left out whole, the others count; so one mistake does not switch off every alert, and it is
 * shown wherever rules are.
 */
public final class AlertRules {
  private static final Logger LOG = LoggerFactory.getLogger(AlertRules.class);

  private final List<AlertRule> rules;
  private final List<Problem> problems;
  private final List<RuleSource> sources;

  private AlertRules(List<AlertRule> rules, List<Problem> problems, List<RuleSource> sources) {
    this.rules = List.copyOf(rules);
    this.problems = List.copyOf(problems);
    this.sources = List.copyOf(sources);
  }

  /** Reads these files. */
  static AlertRules load(List<String> files, ResourceLoader loader) {
    List<RuleSource> sources = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String file : files) {
      try {
        String text = loader.getResource(file).getContentAsString(StandardCharsets.UTF_8);
        sources.add(new RuleSource(file, text));
      } catch (IOException e) {
        problems.add(new Problem(file, 1, 1, "the file cannot be read: " + e.getMessage()));
      }
    }
    return of(sources, problems);
  }

  /** The rules of these sources, where some could not even be read. */
  static AlertRules of(List<RuleSource> sources, List<Problem> unreadable) {
    List<Problem> problems = new ArrayList<>(unreadable);
    List<RuleSource> usable = sources;
    List<AlertRule> rules = List.of();
    while (rules.isEmpty() && !usable.isEmpty()) {
      switch (RuleFiles.read(usable)) {
        case RuleSet.Loaded(List<AlertRule> loaded) -> {
          rules = loaded;
          usable = List.of();
        }
        case RuleSet.Invalid(List<Problem> found) -> {
          problems.addAll(found);
          Set<String> wrong = found.stream().map(Problem::file).collect(Collectors.toSet());
          usable = usable.stream().filter(s -> !wrong.contains(s.file())).toList();
        }
      }
    }
    problems.forEach(problem -> LOG.error("Alert rules: {}", problem));
    return new AlertRules(rules, problems, sources);
  }

  /** The rules that are evaluated, in the order of their files. */
  public List<AlertRule> rules() {
    return rules;
  }

  /** What is wrong with the files that are left out; empty if all are right. */
  public List<Problem> problems() {
    return problems;
  }

  /** The files as they were read, those with problems included. */
  public List<RuleSource> sources() {
    return sources;
  }
}
