package io.tillpost.console.classification;

import io.tillpost.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** The fields of payloads that any of them asks for. */
  Set<FieldPath> fields() {
    return rules.stream()
        .flatMap(rule -> rule.payload().stream())
        .map(FieldCondition::path)
        .collect(Collectors.toSet());
  }

  /**
   * The first rule that is about this failure.
   *
   * @param target where its message goes, or null where that is not known
   * @param payload what stands in it at {@link #fields()}
   */
  Optional<RuleMatch> firstFor(
      String workflow, @Nullable String target, Failure failure, FieldValues payload) {
    return rules.stream()
        .filter(rule -> rule.matches(workflow, target, failure))
        .flatMap(rule -> rule.match(payload).stream())
        .findFirst();
  }

  /** The first rule that is about this failure as if its message had no payload. */
  public Optional<RuleMatch> withoutPayload(
      String workflow, @Nullable String target, Failure failure) {
    return firstFor(workflow, target, failure, FieldValues.NONE);
  }

  /** Whether the payload decides: a rule asks for it, and none before matches without. */
  public boolean asksForPayload(String workflow, @Nullable String target, Failure failure) {
    return rules.stream()
        .filter(rule -> rule.matches(workflow, target, failure))
        .findFirst()
        .filter(ClassificationRule::asksForPayload)
        .isPresent();
  }
}
