package io.tillpost.failure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exception went over to the other side.
 *
 * @param at when
 * @param actor the user name of who gave it, or {@link #BY_RULE}
 * @param from who had to act until then
 * @param to who has to act since
 * @param note what the other side needs to know, or null
 */
public record SideChange(
    Instant at, String actor, OwnerSide from, OwnerSide to, @Nullable String note) {
  /** Who gives what a classification rule gives. No login has a blank in its name. */
  public static final String BY_RULE = "by rule";

  /** Whether a classification rule gave it, or the end of one. */
  public boolean isByRule() {
    return actor.equals(BY_RULE);
  }
}
