package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryAction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be planned.
 *
 * @param action what is to be done
 * @param chosen with which messages
 * @param request why, and whether it begins at once
 * @param contents what is sent for each message
 * @param channel the name of the channel; null for the one of the workflow
 */
record Wish(
    RecoveryAction action,
    Chosen chosen,
    RetryRequest request,
    Contents contents,
    @Nullable String channel) {
  /** The longest list of messages chosen one by one. */
  static final int MOST_CHOSEN = 1_000;

  /** A wish that lets the middleware process what it has, through the channel of the workflow. */
  Wish(RecoveryAction action, Chosen chosen, RetryRequest request) {
    this(action, chosen, request, Contents.AS_THEY_ARE, null);
  }

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
