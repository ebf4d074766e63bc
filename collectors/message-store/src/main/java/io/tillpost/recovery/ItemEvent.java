package io.tillpost.recovery;

import java.time.Instant;

/** What happens to one message of a recovery operation. */
public sealed interface ItemEvent {
  /** It is left out, before anything was dispatched. */
  record Skipped(String reason) implements ItemEvent {}

  /**
   * It waits for another one about the same business object.
   *
   * @param itemId the document id of the item that it waits for
   */
  record Waits(String itemId, String reason) implements ItemEvent {}

  /** The operation is cancelled; left alone unless a request may have been taken. */
  record Cancelled(String reason) implements ItemEvent {}

  /**
   * The claim is held and the request goes out now.
   *
   * @param holder the dispatcher that sends it
   * @param heldUntil no other dispatcher touches the item before
   * @param deadline when the outcome must be known, unless an earlier dispatch has set it
   * @param traceId the trace of the request
   */
  record DispatchStarted(String holder, Instant heldUntil, Instant deadline, String traceId)
      implements ItemEvent {}

  /** The discard, or what takes one back, is about to be written down; nothing goes out. */
  record RecordStarted() implements ItemEvent {}

  /** It is written down that the message was discarded. */
  record Discarded() implements ItemEvent {}

  /** It is written down that the discard was taken back. */
  record Restored() implements ItemEvent {}

  /** The middleware took the request; its events have until then to confirm it. */
  record Taken(Instant deadline) implements ItemEvent {}

  /** The middleware says that the target has it already. */
  record HadAlready(String reason) implements ItemEvent {}

  /** The middleware refused the content. */
  record Refused(String reason) implements ItemEvent {}

  /** The middleware will never take this request. */
  record Rejected(String reason) implements ItemEvent {}

  /** The middleware took nothing and wants to be asked later. */
  record SlowDown(Instant nextTryAt, String reason) implements ItemEvent {}

  /** Whether the middleware took it is not known; the same request goes out again. */
  record OutcomeUnknown(Instant nextTryAt, String reason) implements ItemEvent {}

  /** Message events confirmed this attempt or a later one. */
  record Confirmed(int attempt) implements ItemEvent {}

  /** Message events confirmed an attempt before this one. */
  record ConfirmedBefore(int attempt) implements ItemEvent {}

  /** Message events say that this attempt ended without the target having it. */
  record AttemptFailed(String reason) implements ItemEvent {}

  /** The target was asked by business key, and has it. */
  record FoundInTarget(String reason) implements ItemEvent {}

  /**
   * Somebody had the target asked for a message of which nobody knew.
   *
   * @param words what it said
   */
  record TargetAnswered(TargetAsked asked, String words) implements ItemEvent {}

  /**
   * A person has looked into the target and says whether the message is there.
   *
   * @param words who, what they found, and why they say so
   */
  record Settled(boolean found, String words) implements ItemEvent {}

  /** The deadline has passed. */
  record DeadlinePassed() implements ItemEvent {}
}
