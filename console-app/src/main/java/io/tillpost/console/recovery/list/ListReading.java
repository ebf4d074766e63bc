package io.tillpost.console.recovery.list;

import io.tillpost.message.Message;
import java.time.Instant;
import java.util.function.IntPredicate;

/**
 * How the messages of a list are read: as of which moment, and whether anybody still wants them.
 * For one thread.
 */
final class ListReading {
  private final Instant asOf;
  private final IntPredicate wanted;
  private boolean left;

  private ListReading(Instant asOf, IntPredicate wanted) {
    this.asOf = asOf;
    this.wanted = wanted;
  }

  /** At once, while whoever asked for it waits: all that is found is meant. */
  static ListReading atOnce() {
    return new ListReading(Instant.MAX, _ -> true);
  }

  /**
   * Some time after it was asked for.
   *
   * @param asOf when it was
   * @param wanted is asked again and again, with how many messages are read, whether to go on
   */
  static ListReading later(Instant asOf, IntPredicate wanted) {
    return new ListReading(asOf, wanted);
  }

  /**
   * Whether the message stood as it stands already when the list was asked for, by the clock of who
   * sent it. What has failed since is not meant.
   */
  boolean means(Message message) {
    return !message.failedAt().or(message::finishedAt).orElse(message.capturedAt()).isAfter(asOf);
  }

  /**
   * Whether to read on.
   *
   * @param read how many messages are
   */
  boolean goesOn(int read) {
    left = left || !wanted.test(read);
    return !left;
  }

  /** Whether it was read no further because nobody wants it any more. */
  boolean isLeft() {
    return left;
  }
}
