package io.tillpost.message;

/** What a message's events say of it as a whole. */
public enum MessageStatus {
  /** On its way. */
  IN_FLIGHT,
  /** Its latest attempt failed. */
  FAILED,
  /** Its latest attempt was given up by the middleware. */
  DEAD_LETTERED,
  /** The target has it; nothing that arrives later changes that. */
  CONFIRMED,
  DISCARDED,
  SUPERSEDED;

  /** Whether something is still to happen: on its way, failed or dead-lettered. */
  public boolean isOpen() {
    return this == IN_FLIGHT || isFailed();
  }

  /** Whether the latest attempt ended with a failure. */
  public boolean isFailed() {
    return this == FAILED || this == DEAD_LETTERED;
  }
}
