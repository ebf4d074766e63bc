package io.tillpost.console.live;

import java.time.Instant;
import java.util.Optional;

/**
 * What a watched query brought.
 *
 * @param <T> the result of the query, never null
 */
public sealed interface Live<T> {

  /**
   * The query answered.
   *
   * @param asOf when it was asked
   */
  record Fresh<T>(T value, Instant asOf) implements Live<T> {}

  /**
   * The query failed; it is tried again by itself.
   *
   * @param last the value of before, empty if there never was one
   * @param asOf when that value was asked for, or when the first failure was
   * @param reason one line for the screen, without a stack trace; the log has the rest
   */
  record Stale<T>(Optional<T> last, Instant asOf, String reason) implements Live<T> {}
}
