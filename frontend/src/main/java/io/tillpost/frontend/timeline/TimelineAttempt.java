package io.tillpost.frontend.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a message.
 *
 * @param number from 1
 * @param stops in any order; a stage at most once, of several the first counts
 * @param failure null where none was reported
 */
public record TimelineAttempt(
    int number, List<TimelineStop> stops, @Nullable TimelineFailure failure) {
  public TimelineAttempt {
    stops = List.copyOf(stops);
  }
}
