package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.Workflows;
import io.tillpost.store.FailureQueries.Group;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An exception with messages that are failed now, and what people decided about it.
 *
 * @param group its messages, added up just now
 * @param triage what people decided
 */
public record ExceptionSummary(Group group, ExceptionGroup triage) {
  /**
   * The order of impact, worst first: more stores, each counted with the weight of what its stuck
   * messages mean ({@link ImpactKind#weight}), then more messages, then the older one. Money is
   * shown but does not decide: sums of different currencies cannot be compared, and they are never
   * converted. What is ignored comes after all others.
   */
  public static Comparator<ExceptionSummary> byImpact(Workflows workflows) {
    return Comparator.comparing((ExceptionSummary e) -> e.status() != ExceptionStatus.IGNORED)
        .thenComparingLong(e -> e.weight(workflows))
        .thenComparingLong(e -> e.group().messages())
        .reversed()
        .thenComparing(e -> e.group().oldest())
        .thenComparing(e -> e.group().fingerprint().value());
  }

  private long weight(Workflows workflows) {
    return group.stores() * workflows.get(group.workflow()).impact().weight();
  }

  /** Names the exception. */
  public Fingerprint fingerprint() {
    return group.fingerprint();
  }

  /** In plain language. */
  public String title() {
    return ExceptionTitle.of(group.sample());
  }

  /** The class that counts. */
  public FailureClass failureClass() {
    return triage.classOf(group.sample());
  }

  /** Who has to act. */
  public OwnerSide ownerSide() {
    return triage.sideOf(group.sample());
  }

  /** The user name of who deals with it, or null for nobody. */
  public @Nullable String assignee() {
    return triage.assignee();
  }

  /** Where it stands; one that was resolved has come back as soon as a message fails. */
  public ExceptionStatus status() {
    return triage.status() == ExceptionStatus.RESOLVED
        ? ExceptionStatus.REGRESSED
        : triage.status();
  }
}
