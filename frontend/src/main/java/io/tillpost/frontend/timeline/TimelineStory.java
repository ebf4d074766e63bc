package io.tillpost.frontend.timeline;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one message.
 *
 * @param source the words over the first part of the path, like {@code POS}
 * @param middleware the words over the middle part
 * @param target the words over the last part, like {@code ERP}
 * @param attempts in any order; empty shows the empty state
 * @param dueAt when it has to be confirmed, or null where nothing was promised
 * @param objective the promise in words, like {@code 99 % within 5 min}, or null
 * @param zone in which times are shown
 */
public record TimelineStory(
    String source,
    String middleware,
    String target,
    List<TimelineAttempt> attempts,
    @Nullable Instant dueAt,
    @Nullable String objective,
    ZoneId zone) {
  public TimelineStory {
    attempts = List.copyOf(attempts);
  }
}
