package io.tillpost.message;

import io.tillpost.failure.Failure;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a message towards its target.
 *
 * @param number from 1
 * @param reached for each stage that was reported, the earliest report of it with the reporting
 *     system's name; of {@code DISCARDED} and {@code RESTORED} the latest
 * @param failure the latest failure reported, or null
 * @param traceId the latest trace reported, or null
 */
public record Attempt(
    int number,
    Map<Stage, Latest<String>> reached,
    @Nullable Latest<Failure> failure,
    @Nullable Latest<TraceId> traceId) {
  public Attempt {
    reached = reached.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(reached));
  }

  /** When the stage was first reported, by the reporting system's clock. */
  public Optional<Instant> reachedAt(Stage stage) {
    return Optional.ofNullable(reached.get(stage)).map(Latest::time);
  }

  /** Whether the stage was reported in this attempt. */
  public boolean hasReached(Stage stage) {
    return reached.containsKey(stage);
  }

  /** The furthest stage on the path, or empty where only stages off the path were reported. */
  public Optional<Stage> furthest() {
    Stage furthest = null;
    for (Stage stage : reached.keySet()) {
      if (stage.isOnPath() && (furthest == null || stage.compareTo(furthest) > 0)) {
        furthest = stage;
      }
    }
    return Optional.ofNullable(furthest);
  }

  /** Whether it was discarded and that was not taken back since. */
  private boolean isDiscarded() {
    Latest<String> discarded = reached.get(Stage.DISCARDED);
    Latest<String> restored = reached.get(Stage.RESTORED);
    return discarded != null && discarded.equals(Latest.later(discarded, restored));
  }

  /** How this attempt stands by itself. */
  public MessageStatus status() {
    if (hasReached(Stage.CONFIRMED)) {
      return MessageStatus.CONFIRMED;
    }
    if (isDiscarded()) {
      return MessageStatus.DISCARDED;
    }
    if (hasReached(Stage.SUPERSEDED)) {
      return MessageStatus.SUPERSEDED;
    }
    if (hasReached(Stage.DEAD_LETTERED)) {
      return MessageStatus.DEAD_LETTERED;
    }
    return hasReached(Stage.FAILED) ? MessageStatus.FAILED : MessageStatus.IN_FLIGHT;
  }
}
