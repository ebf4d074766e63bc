package io.tillpost.console.recovery.channel;

/** What a target said when it was asked for a message by its business key. */
public sealed interface LookedUp {
  /** It has it. */
  record Posted() implements LookedUp {}

  /** It is on its way to it. */
  record Pending() implements LookedUp {}

  /** It does not have it, and nothing is on its way. */
  record Absent() implements LookedUp {}

  /**
   * It did not say, or the channel offers no look-up.
   *
   * @param why in words, as the end of a sentence
   */
  record NotKnown(String why) implements LookedUp {}
}
