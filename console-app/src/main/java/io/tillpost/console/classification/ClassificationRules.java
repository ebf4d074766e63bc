package io.tillpost.console.classification;

import io.tillpost.failure.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules in their order: the first that matches counts.
 *
 * @param rules each with its own name
 */
public record ClassificationRules(List<ClassificationRule> rules) {
  /** No rule: a failure has the class that its reporting system claims. */
  public static final ClassificationRules NONE = new ClassificationRules(List.of());

  public ClassificationRules {
    rules = List.copyOf(rules);
  }

  /**
   * The first rule that is about this failure.
   *
   * @param target where its message goes, or null where that is not known
   */
  public Optional<ClassificationRule> firstFor(
      String workflow, @Nullable String target, Failure failure) {
    return rules.stream().filter(rule -> rule.matches(workflow, target, failure)).findFirst();
  }
}
