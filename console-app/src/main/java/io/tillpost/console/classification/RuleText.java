package io.tillpost.console.classification;

import java.util.List;

/** What a text of rules was read as: all of it, or none. */
public sealed interface RuleText {
  /** It is right. */
  record Valid(ClassificationRules rules) implements RuleText {}

  /**
   * It is not.
   *
   * @param problems in the order of their places; never empty
   */
  record Invalid(List<RuleProblem> problems) implements RuleText {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** Reads the text, whoever it names; an empty one has no rules. */
  static RuleText read(String text) {
    return read(text, Assignees.ANYBODY);
  }

  /** Reads the text, which is wrong where it assigns to somebody who cannot be assigned. */
  static RuleText read(String text, Assignees assignees) {
    return new RuleTextReader(assignees).read(text);
  }
}
