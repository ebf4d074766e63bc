package io.tillpost.console.recovery;

import io.tillpost.recovery.OperationState;

/** How recovery reads in sentences. */
final class Words {
  private Words() {}

  static String of(OperationState state) {
    return switch (state) {
      case PLANNED -> "being prepared";
      case PREVIEWED -> "previewed";
      case AWAITING_APPROVAL -> "waiting for approval";
      case CANARY -> "sending the first messages";
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case CANCELLING -> "being cancelled";
      case FINISHED -> "finished";
      case CANCELLED -> "cancelled";
      case ABANDONED -> "given up";
    };
  }
}
