package io.tillpost.console.classification;

import java.util.List;

/** What became of saving rules. */
public sealed interface SaveAnswer {
  /** They count from now on. */
  record Saved(RuleVersion version) implements SaveAnswer {}

  /** The text is not right. */
  record Invalid(List<RuleProblem> problems) implements SaveAnswer {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** They cannot be saved like that; the reason is a sentence. */
  record Refused(String reason) implements SaveAnswer {}
}
