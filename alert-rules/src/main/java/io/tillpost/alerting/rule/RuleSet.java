package io.tillpost.alerting.rule;

import java.util.List;

/** What became of reading rule files. */
public sealed interface RuleSet {
  /** All files are right. The rules stand in the order of the files. */
  record Loaded(List<AlertRule> rules) implements RuleSet {
    public Loaded {
      rules = List.copyOf(rules);
    }
  }

  /** Something is wrong; at least one problem, in the order of the files and their lines. */
  record Invalid(List<Problem> problems) implements RuleSet {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
