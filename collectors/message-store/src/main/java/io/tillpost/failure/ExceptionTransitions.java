package io.tillpost.failure;

import java.util.Optional;

/** The one place that says how the status of an exception may change. */
public final class ExceptionTransitions {
  private ExceptionTransitions() {}

  /**
   * The status after the event, which may be the same one; empty where the event means nothing in
   * this status.
   */
  public static Optional<ExceptionStatus> next(ExceptionStatus status, ExceptionEvent event) {
    return Optional.ofNullable(
        switch (event) {
          case ACTED_ON -> status.isForReview() ? ExceptionStatus.OPEN : status;
          case IGNORED ->
              status.isForReview() || status == ExceptionStatus.OPEN
                  ? ExceptionStatus.IGNORED
                  : null;
          case NOTICED -> status == ExceptionStatus.IGNORED ? ExceptionStatus.OPEN : null;
          case WORSENED ->
              status == ExceptionStatus.OPEN || status == ExceptionStatus.IGNORED
                  ? ExceptionStatus.ESCALATED
                  : null;
          case RECOVERY_STARTED ->
              status == ExceptionStatus.MERGED ? null : ExceptionStatus.RECOVERING;
          case RECOVERY_ENDED -> status == ExceptionStatus.RECOVERING ? ExceptionStatus.OPEN : null;
          case EMPTIED ->
              status == ExceptionStatus.RESOLVED || status == ExceptionStatus.MERGED
                  ? null
                  : ExceptionStatus.RESOLVED;
          case RETURNED -> status == ExceptionStatus.RESOLVED ? ExceptionStatus.REGRESSED : null;
          case MERGED_AWAY -> status == ExceptionStatus.MERGED ? null : ExceptionStatus.MERGED;
          case ENLARGED ->
              status.isForReview() || status == ExceptionStatus.RESOLVED
                  ? ExceptionStatus.OPEN
                  : status;
          case TAKEN_APART -> status == ExceptionStatus.MERGED ? ExceptionStatus.OPEN : null;
        });
  }
}
