package io.tillpost.console.exceptions;

import io.tillpost.console.classification.Assignees;
import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.FieldValue;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.console.classification.RuleProblem;
import io.tillpost.console.classification.RuleText;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Tells what rules would change before anybody saves them: of all exceptions with failed messages
 * that had a new failure within the last seven days. What is through by now has no exception any
 * more and does not count.
 */
public class RuleTrial {
  /** How far back it looks. */
  public static final Duration WINDOW = Duration.ofDays(7);

  private static final int MOST = 10_000;

  private final FailureQueries failures;
  private final TriageRecords records;
  private final Classifier classifier;
  private final Assignees assignees;
  private final KnownOperators operators;
  private final Supplier<Teams> teams;
  private final CurrentOperator currentOperator;
  private final PayloadSamples samples;
  private final Clock clock;

  RuleTrial(
      Stores stores,
      TriageRecords records,
      Classifier classifier,
      Assignees assignees,
      KnownOperators operators,
      Supplier<Teams> teams,
      CurrentOperator currentOperator,
      Clock clock) {
    this.failures = stores.failures();
    this.records = records;
    this.classifier = classifier;
    this.assignees = assignees;
    this.operators = operators;
    this.teams = teams;
    this.currentOperator = currentOperator;
    this.samples = new PayloadSamples(stores.messages(), classifier);
    this.clock = clock;
  }

  /** What came of a trial. */
  public sealed interface Answer {
    /** The text is right, and this is what it would do. */
    record Tried(Outcome outcome) implements Answer {}

    /** The text is not right. */
    record Invalid(List<RuleProblem> problems) implements Answer {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * What rules would do.
   *
   * @param exceptions how many were looked at
   * @param classes for every class how much has it now, and would have it
   * @param changes the exceptions whose class would change, most messages first
   * @param byRule how much each rule would classify, in the order of the rules
   * @param keptByHand exceptions that keep the class somebody gave them although a rule matches
   *     that gives another
   * @param hidden changes that are not named, because payloads decide them and who tries may not
   *     see any
   * @param ownerChanges the exceptions whose team or assignee would change, most messages first
   * @param hiddenOwners those of them that are not named, likewise
   * @param payloads how far payloads were looked into
   * @param warnings what is likely not meant, in the order of the rules
   */
  public record Outcome(
      int exceptions,
      Map<FailureClass, BeforeAfter> classes,
      List<Change> changes,
      List<ByRule> byRule,
      int keptByHand,
      Amount hidden,
      List<OwnerChange> ownerChanges,
      Amount hiddenOwners,
      Payloads payloads,
      List<RuleWarning> warnings) {}

  /**
   * How far payloads were looked into. The class of an exception goes by the message that stands
   * for it; of those with the most messages some more were looked at, because payloads differ.
   *
   * @param exceptions whose class is decided by a payload
   * @param sampled of so many of them several messages were looked at
   * @param messages so many
   * @param mixed exceptions of which a rule is about some of these messages only
   * @param notLooked exceptions of which none could be looked at: no message of one's own stores
   *     was among those
   */
  public record Payloads(int exceptions, int sampled, int messages, int mixed, int notLooked) {}

  /** How much has a class before and after. */
  public record BeforeAfter(Amount before, Amount after) {}

  /** So many exceptions with so many messages in all. */
  public record Amount(int exceptions, long messages) {
    static final Amount NONE = new Amount(0, 0);

    Amount plus(Group group) {
      return new Amount(exceptions + 1, messages + group.messages());
    }
  }

  /**
   * One exception whose class would change.
   *
   * @param rule null where no rule matches
   * @param values what the rule matched in the payload
   */
  public record Change(
      Fingerprint fingerprint,
      String title,
      long messages,
      FailureClass before,
      FailureClass after,
      @Nullable ClassificationRule rule,
      List<FieldValue> values) {
    public Change {
      values = List.copyOf(values);
    }
  }

  /**
   * One exception that would have another team or assignee.
   *
   * @param rule null where no rule matches
   */
  public record OwnerChange(
      Fingerprint fingerprint,
      String title,
      long messages,
      Ownership before,
      Ownership after,
      @Nullable ClassificationRule rule) {}

  /**
   * What one rule would classify: those that no rule before it and nobody by hand did.
   *
   * @param sampled of how many of the {@link Payloads#messages} it was the first
   */
  public record ByRule(ClassificationRule rule, Amount amount, int sampled) {}

  /** Tries the text; nothing is changed. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Answer of(String text) {
    return switch (RuleText.read(text, assignees)) {
      case RuleText.Invalid invalid -> new Answer.Invalid(invalid.problems());
      case RuleText.Valid valid -> new Answer.Tried(outcome(valid.rules()));
    };
  }

  private Outcome outcome(ClassificationRules tried) {
    Instant since = clock.instant().minus(WINDOW);
    Operator operator = currentOperator.get();
    List<Group> groups =
        failures.groups(FailureFilter.ALL, MOST).stream()
            .filter(group -> !group.lastFailed().isBefore(since))
            .toList();
    Map<String, ExceptionGroup> decided =
        records.all(groups.stream().map(Group::fingerprint).toList());
    List<Classifier.Subject> subjects = groups.stream().map(ExceptionSummary::subject).toList();
    Map<Classifier.Subject, RuleMatch> now = classifier.of(subjects);
    PayloadSamples.Seen seen = samples.of(groups, tried, operator.stores());
    boolean counts = !operator.may(Permission.VIEW_PAYLOAD);
    KnownOperators users = operators.remembered();
    Amount hidden = Amount.NONE;
    Amount hiddenOwners = Amount.NONE;
    List<OwnerChange> owners = new ArrayList<>();
    Map<FailureClass, Amount> before = amounts();
    Map<FailureClass, Amount> after = amounts();
    Amount[] byRule = new Amount[tried.rules().size()];
    List<Change> changes = new ArrayList<>();
    int keptByHand = 0;
    for (Group group : groups) {
      ExceptionGroup triage =
          decided.getOrDefault(
              group.fingerprint().value(), ExceptionGroup.fresh(group.fingerprint()));
      RuleMatch match = seen.match(group);
      ExceptionSummary old =
          ExceptionSummary.of(group, triage, now.get(ExceptionSummary.subject(group)), users);
      ExceptionSummary young = ExceptionSummary.of(group, triage, match, users);
      before.merge(old.failureClass(), new Amount(1, group.messages()), RuleTrial::sum);
      after.merge(young.failureClass(), new Amount(1, group.messages()), RuleTrial::sum);
      ClassificationRule rule = young.rule();
      if (rule != null && triage.classOverride() == null) {
        Amount known = byRule[rule.position() - 1];
        byRule[rule.position() - 1] = (known == null ? Amount.NONE : known).plus(group);
      } else if (rule != null && rule.failureClass() != triage.classOverride()) {
        keptByHand++;
      }
      boolean unnamed =
          counts && tried.asksForPayload(group.workflow(), group.target(), group.sample());
      if (!old.ownership().isLike(young.ownership())) {
        if (unnamed) {
          hiddenOwners = hiddenOwners.plus(group);
        } else {
          owners.add(
              new OwnerChange(
                  group.fingerprint(),
                  young.title(),
                  group.messages(),
                  old.ownership(),
                  young.ownership(),
                  rule));
        }
      }
      if (old.failureClass() == young.failureClass()) {
        continue;
      }
      if (unnamed) {
        hidden = hidden.plus(group);
      } else {
        changes.add(
            new Change(
                group.fingerprint(),
                young.title(),
                group.messages(),
                old.failureClass(),
                young.failureClass(),
                rule,
                match == null ? List.of() : match.values()));
      }
    }
    changes.sort(
        Comparator.comparingLong(Change::messages).reversed().thenComparing(Change::title));
    owners.sort(
        Comparator.comparingLong(OwnerChange::messages)
            .reversed()
            .thenComparing(OwnerChange::title));
    return new Outcome(
        groups.size(),
        both(before, after),
        changes,
        byRule(tried, byRule, seen),
        keptByHand,
        hidden,
        owners,
        hiddenOwners,
        seen.payloads(),
        RuleWarning.of(tried, teams.get()));
  }

  private static Map<FailureClass, Amount> amounts() {
    Map<FailureClass, Amount> amounts = new EnumMap<>(FailureClass.class);
    for (FailureClass failureClass : FailureClass.values()) {
      amounts.put(failureClass, Amount.NONE);
    }
    return amounts;
  }

  private static Amount sum(Amount one, Amount other) {
    return new Amount(one.exceptions() + other.exceptions(), one.messages() + other.messages());
  }

  private static Map<FailureClass, BeforeAfter> both(
      Map<FailureClass, Amount> before, Map<FailureClass, Amount> after) {
    Map<FailureClass, BeforeAfter> both = new EnumMap<>(FailureClass.class);
    before.forEach(
        (failureClass, amount) ->
            both.put(
                failureClass,
                new BeforeAfter(amount, after.getOrDefault(failureClass, Amount.NONE))));
    return both;
  }

  private static List<ByRule> byRule(
      ClassificationRules rules, @Nullable Amount[] amounts, PayloadSamples.Seen seen) {
    List<ByRule> all = new ArrayList<>();
    for (ClassificationRule rule : rules.rules()) {
      Amount amount = amounts[rule.position() - 1];
      all.add(new ByRule(rule, amount == null ? Amount.NONE : amount, seen.sampled(rule)));
    }
    return all;
  }
}
