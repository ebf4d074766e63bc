package io.tillpost.console.recovery.ui;

import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;

/** How states of recovery read on screen. */
final class Outcomes {
  private Outcomes() {}

  static String words(RecoveryAction action) {
    return switch (action) {
      case RETRY -> "Retry";
      case EDIT_AND_RETRY -> "Edit and retry";
      case REPLAY -> "Replay";
      case DISCARD -> "Discard";
      case RESTORE -> "Restore";
    };
  }

  static String words(ItemState state) {
    return switch (state) {
      case PLANNED -> "Planned";
      case CLAIMED -> "Being sent";
      case SENT -> "Sent, not confirmed yet";
      case CONFIRMED -> "Confirmed";
      case FAILED -> "Failed again";
      case UNCONFIRMED -> "Unconfirmed";
      case SKIPPED -> "Skipped";
      case REFUSED -> "Refused";
      case ALREADY_DONE -> "Already done";
      case REJECTED -> "Rejected";
      case DISCARDED -> "Discarded";
      case RESTORED -> "Restored";
    };
  }

  static Severity severity(ItemState state) {
    return switch (state) {
      case PLANNED, CLAIMED, SENT, SKIPPED -> Severity.INFO;
      case CONFIRMED, ALREADY_DONE, DISCARDED, RESTORED -> Severity.OK;
      case UNCONFIRMED -> Severity.WARNING;
      case FAILED, REFUSED, REJECTED -> Severity.SERIOUS;
    };
  }

  static SeverityBadge badge(ItemState state) {
    return new SeverityBadge(severity(state), words(state));
  }

  static String words(OperationState state) {
    return switch (state) {
      case PLANNED -> "Being prepared";
      case PREVIEWED -> "Previewed, nothing sent";
      case AWAITING_APPROVAL -> "Waits for a second person";
      case CANARY -> "Sending the first messages";
      case RUNNING -> "Running";
      case PAUSED -> "Paused";
      case CANCELLING -> "Being cancelled";
      case FINISHED -> "Finished";
      case CANCELLED -> "Cancelled";
      case ABANDONED -> "Given up, nothing sent";
    };
  }

  static SeverityBadge badge(OperationState state) {
    return new SeverityBadge(
        switch (state) {
          case PLANNED, PREVIEWED, CANARY, RUNNING, CANCELLING, CANCELLED -> Severity.INFO;
          case AWAITING_APPROVAL, PAUSED -> Severity.WARNING;
          case FINISHED -> Severity.OK;
          case ABANDONED -> Severity.WARNING;
        },
        words(state));
  }
}
