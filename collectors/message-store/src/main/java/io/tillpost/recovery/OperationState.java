package io.tillpost.recovery;

/** Where a recovery operation stands. */
public enum OperationState {
  /** The list is being frozen; nothing is dispatched. */
  PLANNED,
  /** Messages are dispatched and followed. */
  RUNNING,
  /** Every message came to an outcome. */
  FINISHED,
  /** It was interrupted while it was planned; nothing was dispatched. */
  ABANDONED;

  /** Whether something is still to happen. */
  public boolean open() {
    return this == PLANNED || this == RUNNING;
  }
}
