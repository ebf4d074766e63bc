package io.tillpost.console.recovery;

import io.tillpost.store.DocumentKind;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What automatic retry found when it last looked at an exception. It is told to people and decides
 * nothing.
 *
 * @param waiting messages that are to be retried so
 * @param made how many automatic retries that one of them had that had most
 * @param usedUp messages that had so many automatic retries as they may have
 * @param nextAt when the next operation is planned at the earliest; null where none is
 * @param heldUp what holds it up, as a sentence, or null
 * @param at when it looked
 */
public record AutomaticStanding(
    String exception,
    int waiting,
    int made,
    int usedUp,
    @Nullable Instant nextAt,
    @Nullable String heldUp,
    Instant at) {
  /** By fingerprint of the exception. */
  static final DocumentKind<AutomaticStanding> KIND =
      new DocumentKind<>("recovery-automatic", AutomaticStanding.class, Map.of(), false);
}
