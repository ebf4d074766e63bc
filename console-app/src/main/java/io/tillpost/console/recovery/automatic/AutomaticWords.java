package io.tillpost.console.recovery.automatic;

import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.text.AgeText;
import io.tillpost.failure.FailureClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How automatic retry reads in sentences. */
public final class AutomaticWords {
  private AutomaticWords() {}

  /** Like {@code 3 automatic retries did not help}. */
  public static String usedUp(int made) {
    return made == 1 ? "1 automatic retry did not help" : made + " automatic retries did not help";
  }

  /** Like {@code Automatic retry in 4 min, 2 of 3 done}. */
  public static String next(@Nullable Instant at, int made, int atMost, Instant now) {
    boolean soon = at == null || !at.isAfter(now.plusSeconds(1));
    return "Automatic retry %s, %d of %d done"
        .formatted(soon ? "is due" : "in " + AgeText.of(Duration.between(now, at)), made, atMost);
  }

  /** The class in words. */
  static String of(FailureClass failureClass) {
    return failureClass.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Why an operation is asked for, as its reason. */
  public static String reason(FailureClass failureClass, AutomaticProperties how) {
    return "Failures classified as %s are retried automatically, first after %s, at most %s"
        .formatted(
            of(failureClass),
            AgeText.of(how.delay()),
            how.atMost() == 1 ? "once" : how.atMost() + " times");
  }
}
