package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * What people do about an exception. Every act is written to the audit trail first, and made to the
 * exception as it is then, so that two people at the same time both count.
 */
public class Triage {
  /** The longest comment, in characters. */
  public static final int LONGEST_COMMENT = 4_000;

  private static final int LONGEST_TEAM = 100;

  private final TriageRecords records;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final KnownOperators operators;
  private final Clock clock;

  Triage(
      TriageRecords records,
      AuditLog audit,
      CurrentOperator currentOperator,
      KnownOperators operators,
      Clock clock) {
    this.records = records;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.operators = operators;
    this.clock = clock;
  }

  /**
   * Gives the exception a class.
   *
   * @param failureClass the class, or null to go by what the reporting system says
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer classify(Fingerprint fingerprint, @Nullable FailureClass failureClass) {
    return act(
        fingerprint,
        AuditAction.CLASSIFY,
        name(records.get(fingerprint).classOverride()),
        name(failureClass),
        group -> group.classified(failureClass, me(), clock.instant()));
  }

  /**
   * Says who has to act.
   *
   * @param side the side, or null to let the class decide
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer ownerSide(Fingerprint fingerprint, @Nullable OwnerSide side) {
    return act(
        fingerprint,
        AuditAction.SET_OWNER_SIDE,
        name(records.get(fingerprint).sideOverride()),
        name(side),
        group -> group.ownedBy(side, me(), clock.instant()));
  }

  /** Assigns the exception to who asks. */
  @PreAuthorize("hasRole('" + Permission.Name.ASSIGN + "')")
  public TriageAnswer assignToMe(Fingerprint fingerprint) {
    return assigned(fingerprint, me(), null);
  }

  /**
   * Assigns the exception.
   *
   * @param assignee the user name, or null for nobody
   * @param team up to 100 characters, or null
   */
  @PreAuthorize("hasRole('" + Permission.Name.ASSIGN + "')")
  public TriageAnswer assign(
      Fingerprint fingerprint, @Nullable String assignee, @Nullable String team) {
    if (assignee != null && !operators.knows(assignee)) {
      return new TriageAnswer.Invalid("Nobody has the user name " + assignee);
    }
    if (team != null && team.length() > LONGEST_TEAM) {
      return new TriageAnswer.Invalid("A team's name has up to " + LONGEST_TEAM + " characters");
    }
    return assigned(fingerprint, assignee, team == null || team.isBlank() ? null : team.strip());
  }

  /**
   * Adds a comment.
   *
   * @param text plain text, 1 to 4,000 characters
   */
  @PreAuthorize("hasRole('" + Permission.Name.COMMENT + "')")
  public TriageAnswer comment(Fingerprint fingerprint, String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST_COMMENT) {
      return new TriageAnswer.Invalid(
          "A comment has 1 to %,d characters".formatted(LONGEST_COMMENT));
    }
    return act(
        fingerprint,
        AuditAction.COMMENT,
        null,
        stripped,
        group -> group.commented(stripped, me(), clock.instant()));
  }

  private TriageAnswer assigned(
      Fingerprint fingerprint, @Nullable String assignee, @Nullable String team) {
    return act(
        fingerprint,
        AuditAction.ASSIGN,
        records.get(fingerprint).assignee(),
        assignee == null ? "nobody" : assignee,
        group -> group.assigned(assignee, team, me(), clock.instant()));
  }

  private TriageAnswer act(
      Fingerprint fingerprint,
      AuditAction action,
      @Nullable String before,
      @Nullable String after,
      UnaryOperator<ExceptionGroup> change) {
    AuditSubject subject = new AuditSubject(AuditSubject.Kind.EXCEPTION, fingerprint.value());
    return audit.record(
        AuditAct.of(me(), action, subject).changing(before, after),
        () ->
            new TriageAnswer.Done(
                records.change(fingerprint, group -> Optional.of(change.apply(group)))),
        _ -> AuditLog.Ending.DONE);
  }

  private String me() {
    return currentOperator.get().id();
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }
}
