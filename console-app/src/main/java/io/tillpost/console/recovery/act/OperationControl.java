package io.tillpost.console.recovery.act;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.OperationStores;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.Words;
import io.tillpost.console.recovery.list.Endings;
import io.tillpost.console.recovery.run.Beginning;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Steers recovery operations for those who may: start, approve, decline, pause, resume, cancel. All
 * of it is safe to ask twice: what is so already is accepted and changes nothing. Who works for
 * some stores only steers operations that move messages of these stores only.
 */
public class OperationControl {
  private static final String MAY_RETRY = "hasRole('" + Permission.Name.RETRY + "')";
  private static final String MAY_APPROVE = "hasRole('" + Permission.Name.APPROVE + "')";

  private final RecoveryRecords records;
  private final OperationStores stores;
  private final Beginning beginning;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  public OperationControl(
      RecoveryRecords records,
      OperationStores stores,
      Beginning beginning,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.records = records;
    this.stores = stores;
    this.beginning = beginning;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Begins an operation that was previewed, or lets it wait for a second person's approval.
   *
   * @param reason in words, 3 to 500 characters
   */
  @PreAuthorize(MAY_RETRY)
  public OperationAnswer start(String id, String reason) {
    Optional<String> fault = RetryRequest.faultOf(reason);
    if (fault.isPresent()) {
      return new OperationAnswer.Invalid(fault.get());
    }
    String me = me();
    return act(
        id,
        AuditAction.START_OPERATION,
        reason.strip(),
        this::noRight,
        operation -> startObjection(operation, me),
        operation -> startedBy(operation, me),
        operation ->
            operation.state() == OperationState.PREVIEWED
                ? beginning.of(operation.because(reason.strip()), me)
                : Optional.empty());
  }

  /**
   * Approves what was previewed, as a second person.
   *
   * @param listHash the {@link OperationSummary#listHash} that this person has seen
   */
  @PreAuthorize(MAY_APPROVE)
  public OperationAnswer approve(String id, String listHash) {
    if (listHash.isBlank()) {
      return new OperationAnswer.Invalid("The listHash of the preview is needed");
    }
    String me = me();
    return act(
        id,
        AuditAction.APPROVE_OPERATION,
        null,
        _ -> Optional.empty(),
        operation -> approvalObjection(operation, me, listHash),
        operation -> approvedBy(operation, me),
        operation -> beginning.approved(operation, me));
  }

  /** Does not approve it: nothing is sent. */
  @PreAuthorize(MAY_APPROVE)
  public OperationAnswer decline(String id, @Nullable String reason) {
    return steer(
        id,
        AuditAction.DECLINE_OPERATION,
        reason,
        _ -> Optional.empty(),
        operation -> declinedBy(operation, me()),
        _ -> Optional.of(new OperationEvent.Declined()));
  }

  /** Sends no further request until it is resumed; seen by the console that runs it in a second. */
  @PreAuthorize(MAY_RETRY)
  public OperationAnswer pause(String id, @Nullable String reason) {
    return steer(
        id,
        AuditAction.PAUSE_OPERATION,
        reason,
        _ -> Optional.empty(),
        operation -> operation.state() == OperationState.PAUSED,
        operation -> Optional.of(new OperationEvent.Paused(operation.state())));
  }

  /** Goes on with an operation that is paused, with the right of its action: it sends again. */
  @PreAuthorize(MAY_RETRY)
  public OperationAnswer resume(String id, @Nullable String reason) {
    return steer(
        id,
        AuditAction.RESUME_OPERATION,
        reason,
        this::noRight,
        operation -> operation.state().mayDispatch(),
        operation -> Optional.ofNullable(operation.goesOnAs()).map(OperationEvent.Resumed::new));
  }

  /**
   * Leaves alone what has not gone out; what has gone out is followed to its end. An operation that
   * is still being prepared is given up.
   */
  @PreAuthorize(MAY_RETRY)
  public OperationAnswer cancel(String id, @Nullable String reason) {
    return steer(
        id,
        AuditAction.CANCEL_OPERATION,
        reason,
        _ -> Optional.empty(),
        operation ->
            operation.state() == OperationState.CANCELLING
                || operation.state() == OperationState.CANCELLED
                || cancelledWhilePlanned(operation),
        _ -> Optional.of(new OperationEvent.CancelAsked()));
  }

  /**
   * Cancels the current operator's own preview in whose place another operation was planned. What
   * somebody else previewed, has been started or moves messages of other stores stays as it is.
   *
   * @param by the id of the other operation
   */
  @PreAuthorize("hasRole('" + Permission.Name.EDIT_AND_RETRY + "')")
  public void replace(String id, String by) {
    RecoveryOperation preview = records.operations().get(id).map(Versioned::value).orElse(null);
    if (preview == null
        || isNoPreview(preview).isPresent()
        || !preview.requestedBy().equals(me())
        || stores.refusal(preview, currentOperator.get()).isPresent()) {
      return;
    }
    String why = "Edited again: operation %s is in its place".formatted(by);
    var _ =
        act(
            id,
            AuditAction.CANCEL_OPERATION,
            why,
            _ -> Optional.empty(),
            OperationControl::isNoPreview,
            _ -> false,
            operation ->
                operation.after(new OperationEvent.CancelAsked(), me(), why, clock.instant()));
  }

  private static Optional<String> isNoPreview(RecoveryOperation operation) {
    return operation.state() == OperationState.PREVIEWED
        ? Optional.empty()
        : Optional.of("It is not at its preview any more");
  }

  /** Why a second person has to approve it, in words; empty if nobody has to. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> approvalNeeded(RecoveryOperation operation) {
    return beginning.approvalNeeded(operation);
  }

  /** Why the current operator cannot start it, as a sentence for a button; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> startObjection(RecoveryOperation operation) {
    return resumeObjection(operation).or(() -> startObjection(operation, me()));
  }

  /** Why the current operator cannot resume it, as a sentence for a button; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> resumeObjection(RecoveryOperation operation) {
    return steerObjection(operation).or(() -> noRight(operation));
  }

  /**
   * Why the current operator may not do the same with its rest, as a sentence; empty if they may.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> restObjection(RecoveryOperation operation) {
    return noRight(operation);
  }

  /**
   * Why the current operator cannot pause or cancel it, as a sentence for a button; empty if they
   * can.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> steerObjection(RecoveryOperation operation) {
    return currentOperator
        .refusal(Permission.RETRY)
        .or(() -> stores.refusal(operation, currentOperator.get()));
  }

  /** Why the current operator cannot decline it, as a sentence for a button; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> declineObjection(RecoveryOperation operation) {
    return currentOperator
        .refusal(Permission.APPROVE)
        .or(() -> stores.refusal(operation, currentOperator.get()));
  }

  /** Why the current operator cannot approve it, as a sentence for a button; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> approvalObjection(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    return declineObjection(operation)
        .or(() -> approvalObjection(operation, me(), summary == null ? "" : summary.listHash()));
  }

  /** Why the current operator may not do what the operation does, whoever planned it. */
  private Optional<String> noRight(RecoveryOperation operation) {
    return currentOperator.refusal(Words.permission(operation.action()));
  }

  private static Optional<String> startObjection(RecoveryOperation operation, String me) {
    if (!operation.requestedBy().equals(me)) {
      return Optional.of("It was planned by " + operation.requestedBy() + "; plan one of your own");
    }
    OperationSummary summary = operation.summary();
    return summary != null && summary.toSend() == 0
        ? Optional.of("None of its messages is to be sent")
        : Optional.empty();
  }

  private static Optional<String> approvalObjection(
      RecoveryOperation operation, String me, String listHash) {
    if (operation.requestedBy().equals(me)) {
      return Optional.of("Somebody else than who asked for it has to approve it");
    }
    OperationSummary summary = operation.summary();
    return summary == null || !summary.listHash().equals(listHash)
        ? Optional.of("What you have seen is not the list of this operation")
        : Optional.empty();
  }

  private static boolean startedBy(RecoveryOperation operation, String me) {
    return operation.state() != OperationState.CANCELLING
        && operation.state() != OperationState.CANCELLED
        && operation.history().stream()
            .filter(s -> s.state() == OperationState.AWAITING_APPROVAL || s.state().mayDispatch())
            .anyMatch(s -> me.equals(s.actor()));
  }

  private static boolean cancelledWhilePlanned(RecoveryOperation operation) {
    return operation.state() == OperationState.ABANDONED && operation.latest().actor() != null;
  }

  private static boolean approvedBy(RecoveryOperation operation, String me) {
    return operation.state() != OperationState.AWAITING_APPROVAL
        && operation.history().stream()
            .anyMatch(s -> s.state().mayDispatch() && me.equals(s.actor()));
  }

  /** Whether this person ended the wait for an approval: it never waits a second time. */
  private static boolean declinedBy(RecoveryOperation operation, String me) {
    List<OperationStep> steps = operation.history();
    return IntStream.range(1, steps.size())
        .anyMatch(
            i ->
                steps.get(i).state() == OperationState.CANCELLING
                    && steps.get(i - 1).state() == OperationState.AWAITING_APPROVAL
                    && me.equals(steps.get(i).actor()));
  }

  /**
   * Does what nothing is against but a right and the state it is in, for a reason that need not be
   * given.
   *
   * @param event what happens to the operation; empty where it does not happen in its state
   */
  private OperationAnswer steer(
      String id,
      AuditAction action,
      @Nullable String reason,
      Function<RecoveryOperation, Optional<String>> refusal,
      Predicate<RecoveryOperation> soAlready,
      Function<RecoveryOperation, Optional<OperationEvent>> event) {
    String why = reason == null || reason.isBlank() ? null : reason.strip();
    if (why != null && why.length() > RetryRequest.LONGEST_REASON) {
      return new OperationAnswer.Invalid(
          "A reason has up to %d characters".formatted(RetryRequest.LONGEST_REASON));
    }
    return act(
        id,
        action,
        why,
        refusal,
        _ -> Optional.empty(),
        soAlready,
        operation ->
            event
                .apply(operation)
                .flatMap(happens -> operation.after(happens, me(), why, clock.instant())));
  }

  private OperationAnswer act(
      String id,
      AuditAction action,
      @Nullable String reason,
      Function<RecoveryOperation, Optional<String>> refusal,
      Function<RecoveryOperation, Optional<String>> objection,
      Predicate<RecoveryOperation> soAlready,
      Function<RecoveryOperation, Optional<RecoveryOperation>> step) {
    RecoveryOperation before = records.operations().get(id).map(Versioned::value).orElse(null);
    if (before == null) {
      return new OperationAnswer.NotFound("There is no operation " + id);
    }
    Optional<String> forbidden =
        stores.refusal(before, currentOperator.get()).or(() -> refusal.apply(before));
    AuditAct act =
        AuditAct.of(me(), action, new AuditSubject(AuditSubject.Kind.OPERATION, id))
            .changing(Words.of(before.state()), null)
            .because(reason);
    if (forbidden.isPresent()) {
      audit.refused(act, forbidden.get());
      return new OperationAnswer.Forbidden(forbidden.get());
    }
    if (soAlready.test(before)) {
      return new OperationAnswer.Accepted(before);
    }
    return audit.record(
        act.changing(act.before(), step.apply(before).map(Words::told).orElse(null)),
        () -> write(id, objection, step),
        Endings::of);
  }

  private OperationAnswer write(
      String id,
      Function<RecoveryOperation, Optional<String>> objection,
      Function<RecoveryOperation, Optional<RecoveryOperation>> step) {
    Optional<RecoveryOperation> written =
        records.change(
            id,
            operation ->
                objection.apply(operation).isPresent() ? Optional.empty() : step.apply(operation));
    written.ifPresent(beginning::tell);
    return written
        .<OperationAnswer>map(OperationAnswer.Accepted::new)
        .orElseGet(() -> refused(id, objection));
  }

  private OperationAnswer refused(
      String id, Function<RecoveryOperation, Optional<String>> objection) {
    RecoveryOperation now = records.operations().get(id).map(Versioned::value).orElseThrow();
    return new OperationAnswer.Refused(
        objection
            .apply(now)
            .orElse("This cannot be done while the operation is: " + Words.of(now.state())));
  }

  private String me() {
    return currentOperator.get().id();
  }
}
