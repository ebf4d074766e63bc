package io.tillpost.console.recovery.due;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an exception or a message stands to automatic retry, for people.
 *
 * @param state what it does
 * @param words the same in a sentence, without a full stop
 * @param nextAt when the next one comes at the earliest, or null where that is not known
 * @param made how many there were; of an exception, of the message that had most
 * @param atMost how many there may be
 */
public record AutomaticNotice(
    State state, String words, @Nullable Instant nextAt, int made, int atMost) {
  /** What automatic retry does. */
  public enum State {
    /** The next one comes by itself. */
    WAITING,
    /** One is under way. */
    RUNNING,
    /** Something holds the next one up. */
    HELD_UP,
    /** There were as many as there may be. */
    USED_UP,
    /** Somebody stopped it. */
    STOPPED
  }
}
