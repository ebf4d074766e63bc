package io.tillpost.console.recovery.target;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a target to be frozen.
 *
 * @param reason in that person's words, 3 to 500 characters
 * @param until the first moment at which it does not hold any more, at most a year ahead; null
 *     until somebody lifts it
 * @param version {@link TargetStanding#version} as that person saw it; null where it does not
 *     matter
 * @param key the same for every repeat of one request, or null where there is none
 */
public record FreezeWish(
    String reason, @Nullable Instant until, @Nullable String version, @Nullable String key) {
  public FreezeWish {
    reason = reason.strip();
  }
}
