package io.tillpost.console.recovery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to retry, and why.
 *
 * @param reason in that person's words, 3 to 500 characters
 * @param key the same for every repeat of one request, like a double click or a request that was
 *     sent again; null where there is none
 */
public record RetryRequest(String reason, @Nullable String key) {
  /** The longest reason, in characters. */
  public static final int LONGEST_REASON = 500;

  private static final int SHORTEST_REASON = 3;
  private static final int LONGEST_KEY = 255;

  public RetryRequest {
    reason = reason.strip();
  }

  /** What is wrong with it, as a sentence; empty if nothing is. */
  public Optional<String> fault() {
    if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
      return Optional.of(
          "A reason of %d to %d characters is needed".formatted(SHORTEST_REASON, LONGEST_REASON));
    }
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      return Optional.of("An Idempotency-Key has 1 to %d characters".formatted(LONGEST_KEY));
    }
    return Optional.empty();
  }
}
