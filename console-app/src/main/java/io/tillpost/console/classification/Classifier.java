package io.tillpost.console.classification;

import io.tillpost.console.classification.MessagePayloads.Asked;
import io.tillpost.failure.Failure;
import io.tillpost.message.MessageId;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule that is about a failure. A payload is read only where a rule asks for it and
 * everything else that the rule asks for holds, and no rule before it is about the failure anyway.
 */
public final class Classifier {
  private final Supplier<ClassificationRules> rules;
  private final MessagePayloads payloads;

  /** Goes by these rules unless others are named. */
  public Classifier(Supplier<ClassificationRules> rules, Messages messages, Clock clock) {
    this.rules = rules;
    this.payloads = new MessagePayloads(messages, clock);
  }

  /**
   * A failure and the message that failed.
   *
   * @param target where the message goes, or null where that is not known
   * @param failed when; a message that fails anew is read anew
   */
  public record Subject(
      String workflow,
      @Nullable String target,
      Failure failure,
      MessageId message,
      Instant failed) {
    Asked asked() {
      return new Asked(message, failed);
    }
  }

  /** The rules that count now. */
  public ClassificationRules rules() {
    return rules.get();
  }

  /** The first rule that is about this failure. */
  public Optional<RuleMatch> of(Subject subject) {
    return Optional.ofNullable(of(List.of(subject)).get(subject));
  }

  /** {@link #of(Subject)} for many at once; those that no rule is about are not in it. */
  public Map<Subject, RuleMatch> of(Collection<Subject> subjects) {
    return of(subjects, rules.get());
  }

  /** The same by these rules. */
  public Map<Subject, RuleMatch> of(Collection<Subject> subjects, ClassificationRules by) {
    Set<FieldPath> fields = by.fields();
    List<Asked> asked =
        fields.isEmpty()
            ? List.of()
            : subjects.stream()
                .filter(s -> by.asksForPayload(s.workflow(), s.target(), s.failure()))
                .map(Subject::asked)
                .distinct()
                .toList();
    Map<MessageId, FieldValues> values = asked.isEmpty() ? Map.of() : payloads.of(fields, asked);
    Map<Subject, RuleMatch> matches = new HashMap<>();
    for (Subject subject : subjects) {
      by.firstFor(
              subject.workflow(),
              subject.target(),
              subject.failure(),
              values.getOrDefault(subject.message(), FieldValues.NONE))
          .ifPresent(match -> matches.put(subject, match));
    }
    return matches;
  }
}
