package io.tillpost.recovery;

/** What happens to a recovery operation. */
public sealed interface OperationEvent {
  /** The list is frozen and every item written. */
  record Frozen() implements OperationEvent {}

  /**
   * It begins.
   *
   * @param canary whether the first few messages go alone
   */
  record Started(boolean canary) implements OperationEvent {}

  /** It is to begin, and a second person has to look at it first. */
  record ApprovalAsked() implements OperationEvent {}

  /**
   * The second person approves, and it begins.
   *
   * @param canary whether the first few messages go alone
   */
  record Approved(boolean canary) implements OperationEvent {}

  /** The second person does not approve. */
  record Declined() implements OperationEvent {}

  /** The first few messages went well. */
  record CanaryPassed() implements OperationEvent {}

  /**
   * No further request goes out for now.
   *
   * @param goesOnAs the state that resuming leads to: CANARY or RUNNING
   */
  record Paused(OperationState goesOnAs) implements OperationEvent {}

  /**
   * It goes on.
   *
   * @param as CANARY or RUNNING
   */
  record Resumed(OperationState as) implements OperationEvent {}

  /** What has not gone out is left alone. */
  record CancelAsked() implements OperationEvent {}

  /** No item is open any more. */
  record Completed() implements OperationEvent {}

  /** Nobody goes on with the planning. */
  record Interrupted() implements OperationEvent {}
}
