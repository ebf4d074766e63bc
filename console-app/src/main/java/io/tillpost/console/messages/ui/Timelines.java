package io.tillpost.console.messages.ui;

import io.tillpost.failure.Failure;
import io.tillpost.frontend.timeline.TimelineAttempt;
import io.tillpost.frontend.timeline.TimelineFailure;
import io.tillpost.frontend.timeline.TimelineStage;
import io.tillpost.frontend.timeline.TimelineStop;
import io.tillpost.frontend.timeline.TimelineStory;
import io.tillpost.message.Attempt;
import io.tillpost.message.Latest;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Objective;
import io.tillpost.message.Stage;
import io.tillpost.message.Workflow;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a message into the story of its stages. */
public final class Timelines {
  private Timelines() {}

  /** The story of all attempts, in this zone. */
  public static TimelineStory of(StoredMessage stored, Workflow workflow, ZoneId zone) {
    Message message = stored.message();
    return new TimelineStory(
        system(message.source(), "Source"),
        "MIDDLEWARE",
        system(message.target(), "Target"),
        message.attempts().values().stream().map(Timelines::attempt).toList(),
        stored.dueAt(),
        words(workflow.objective()),
        zone);
  }

  private static TimelineAttempt attempt(Attempt attempt) {
    Latest<Failure> failure = attempt.failure();
    return new TimelineAttempt(
        attempt.number(),
        attempt.reached().entrySet().stream()
            .filter(e -> isToldNow(attempt, e.getKey()))
            .map(
                e ->
                    new TimelineStop(
                        TimelineStage.valueOf(e.getKey().name()),
                        e.getValue().time(),
                        e.getValue().value()))
            .toList(),
        failure == null
            ? null
            : new TimelineFailure(failure.value().code(), failure.value().message()));
  }

  /** A discard that was taken back is history; the page of its operation tells it. */
  private static boolean isToldNow(Attempt attempt, Stage stage) {
    return switch (stage) {
      case RESTORED -> false;
      case DISCARDED -> attempt.status() == MessageStatus.DISCARDED;
      default -> true;
    };
  }

  private static String system(@Nullable String name, String fallback) {
    return (name == null ? fallback : name).toUpperCase(Locale.ROOT);
  }

  private static String words(Objective objective) {
    double percent = objective.targetPercent();
    String share = percent == Math.rint(percent) ? "%.0f".formatted(percent) : "" + percent;
    return share + " % within " + words(objective.within());
  }

  private static String words(Duration within) {
    return within.toMinutes() < 120 ? within.toMinutes() + " min" : within.toHours() + " h";
  }
}
