package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.Money;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.store.FailureQueries.Group;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exception in the list.
 *
 * @param id the fingerprint
 * @param money per currency, never converted
 * @param oldest capture time of the oldest message
 * @param lastRecovery null where there was none
 */
record ExceptionView(
    String id,
    String title,
    String code,
    String workflow,
    @Nullable String target,
    FailureClass failureClass,
    OwnerSide ownerSide,
    @Nullable String team,
    @Nullable String assignee,
    ExceptionStatus status,
    long messages,
    long stores,
    List<Money> money,
    Instant oldest,
    Instant lastFailed,
    @Nullable LastRecoveryView lastRecovery) {
  static ExceptionView of(ExceptionSummary summary) {
    Group group = summary.group();
    return new ExceptionView(
        group.fingerprint().value(),
        summary.title(),
        group.sample().code(),
        group.workflow(),
        group.target(),
        summary.failureClass(),
        summary.ownerSide(),
        summary.team(),
        summary.assignee(),
        summary.status(),
        group.messages(),
        group.stores(),
        group.money().amounts(),
        group.oldest(),
        group.lastFailed(),
        LastRecoveryView.of(summary.lastRecovery()));
  }

  /**
   * The last recovery of an exception that began.
   *
   * @param at when it began
   * @param messages how many it has; only those of the caller's stores where {@code ownStoresOnly},
   *     and only those of this exception where {@code ofThisOnly}: its list came from several
   *     exceptions, from messages or from a filter
   * @param done how many of them the target has, or are discarded or restored as was asked for
   * @param counts of them by state
   */
  record LastRecoveryView(
      LastRecovery.Result result,
      String operationId,
      RecoveryAction action,
      String by,
      Instant at,
      OperationState state,
      long messages,
      long done,
      Map<ItemState, Long> counts,
      boolean ownStoresOnly,
      boolean ofThisOnly) {
    static @Nullable LastRecoveryView of(@Nullable LastRecovery last) {
      return last == null
          ? null
          : new LastRecoveryView(
              last.result(),
              last.operationId(),
              last.action(),
              last.by(),
              last.at(),
              last.state(),
              last.messages(),
              last.done(),
              last.counts(),
              last.ownStoresOnly(),
              last.ofThisOnly());
    }
  }
}
