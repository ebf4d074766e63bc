package io.tillpost.console.recovery.ui;

import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.SupersededSent;
import org.jspecify.annotations.Nullable;

/** Plans a previewed list once more, with another wish for messages that are left out of it. */
final class PlanAnew {
  private final Recovery recovery;
  private final EditAndRetry edits;
  private final Replays replays;

  PlanAnew(Recovery recovery, EditAndRetry edits, Replays replays) {
    this.recovery = recovery;
    this.edits = edits;
    this.replays = replays;
  }

  /** Whether that can be done; the correction of one message is planned on its own page. */
  static boolean fits(RecoveryOperation operation) {
    return switch (operation.action()) {
      case RETRY, REPLAY -> true;
      case EDIT_AND_RETRY -> operation.rule() != null;
      case DISCARD, RESTORE -> false;
    };
  }

  /** Does it; the operation itself stays as it is. */
  OperationAnswer plan(RecoveryOperation operation, RetryRequest request) {
    return switch (operation.action()) {
      case RETRY -> recovery.planAnew(operation.id(), request);
      case EDIT_AND_RETRY -> edits.planAnew(operation.id(), request);
      case REPLAY -> replays.planAnew(operation.id(), request);
      case DISCARD, RESTORE ->
          new OperationAnswer.Refused("Nothing is sent, so nothing is left out");
    };
  }

  /** A request with what was decided for the list before. */
  static RetryRequest asBefore(RecoveryOperation operation, @Nullable String key) {
    OperationSummary summary = operation.summary();
    RetryRequest request = RetryRequest.plan(key);
    EarlierFailed earlier = summary == null ? null : summary.earlier();
    if (earlier != null && earlier.choice() == EarlierChoice.SEND_ANYWAY) {
      request = request.with(EarlierWish.sendAnyway(earlier.reason()));
    }
    SupersededSent sent = summary == null ? null : summary.superseded();
    return sent == null ? request : request.withSuperseded(AnywayWish.sendAnyway(sent.reason()));
  }
}
