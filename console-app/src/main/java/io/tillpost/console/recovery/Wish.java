package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryAction;
import java.util.Optional;

/**
 * What somebody wants to be planned.
 *
 * @param action what is to be done
 * @param chosen with which messages
 * @param request why, and whether it begins at once
 */
record Wish(RecoveryAction action, Chosen chosen, RetryRequest request) {
  /** The longest list of messages chosen one by one. */
  static final int MOST_CHOSEN = 1_000;

  /** What is wrong with it, as a sentence; empty if nothing is. */
  Optional<String> fault() {
    return request
        .fault()
        .or(
            () ->
                switch (chosen) {
                  case Chosen.Several several
                      when several.ids().isEmpty() || several.ids().size() > MOST_CHOSEN ->
                      Optional.of("1 to %,d messages are needed".formatted(MOST_CHOSEN));
                  case Chosen.Matching matching -> matching.filter().fault();
                  default -> Optional.empty();
                });
  }
}
