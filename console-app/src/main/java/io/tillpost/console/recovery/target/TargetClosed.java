package io.tillpost.console.recovery.target;

import io.tillpost.recovery.TargetFreeze;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing goes to a target at a moment.
 *
 * @param reason as configured, or in the words of who froze it
 * @param from its first moment
 * @param until the first moment after it; null until somebody lifts it
 * @param by the user name of who froze it; null for what is configured
 */
public record TargetClosed(
    Why why, String reason, Instant from, @Nullable Instant until, @Nullable String by) {
  /** What closes it. */
  public enum Why {
    /** A time of the week in the configuration. */
    MAINTENANCE,
    /** A time in the configuration, once. */
    FREEZE,
    /** Somebody froze it in the console. */
    BY_HAND
  }

  static TargetClosed of(TargetFreeze freeze) {
    return new TargetClosed(
        Why.BY_HAND, freeze.reason(), freeze.frozenAt(), freeze.until(), freeze.frozenBy());
  }

  /** For comparing: what nobody has ended ends last. */
  Instant end() {
    return until == null ? Instant.MAX : until;
  }
}
