package io.tillpost.estate.message;

/** A system that messages go to. */
public interface Target {
  /** What a target says to a message. */
  sealed interface Answer {}

  /** It has it, once. */
  record Posted() implements Answer {}

  /** It took it in and says nothing more for now. */
  record TakenIn() implements Answer {}

  /** It does not take it. */
  record Refused(Failure failure) implements Answer {}

  /** Whether the middleware holds back what it has for this target at a time. */
  boolean isHeld(Message message, long at);

  /** Milliseconds until the target answers for a message that is submitted at a time. */
  long latency(Message message, long at);

  /**
   * Takes a message. A message that was posted before is not posted again: the answer is then
   * {@link Posted} and nothing changes.
   */
  Answer take(Message message, long at);
}
