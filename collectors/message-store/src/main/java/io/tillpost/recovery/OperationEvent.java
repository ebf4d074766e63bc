package io.tillpost.recovery;

/** What happens to a recovery operation. */
public enum OperationEvent {
  /** The list is frozen and every item written. */
  FROZEN,
  /** No item is open any more. */
  COMPLETED,
  /** Nobody goes on with the planning. */
  INTERRUPTED
}
