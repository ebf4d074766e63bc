package io.tillpost.console.recovery.run;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the messages that went first.
 *
 * @param event passed, or paused
 * @param why in words, or null
 */
record CanaryVerdict(OperationEvent event, @Nullable String why) {

  /**
   * The verdict; empty while one of them is open.
   *
   * @param failedPercent more failures than this are too many
   */
  static Optional<CanaryVerdict> of(List<OpenItem> canary, int failedPercent) {
    if (canary.stream().anyMatch(OpenItem::open)) {
      return Optional.empty();
    }
    List<OpenItem> sent = canary.stream().filter(i -> i.state() != ItemState.SKIPPED).toList();
    if (sent.isEmpty() && !canary.isEmpty()) {
      // Nobody knows yet how the target takes the others.
      return Optional.of(
          paused(
              "%s: %s"
                  .formatted(
                      noneWentOut(canary.size()), canary.getFirst().known().value().reason())));
    }
    List<OpenItem> failed = sent.stream().filter(i -> RunHealth.failed(i.state())).toList();
    if (failed.size() * 100 <= failedPercent * sent.size()) {
      return Optional.of(new CanaryVerdict(new OperationEvent.CanaryPassed(), null));
    }
    return Optional.of(
        paused(
            "%s: %s"
                .formatted(
                    stuck(failed.size(), sent.size()),
                    failed.getFirst().known().value().reason())));
  }

  static String noneWentOut(int canary) {
    return canary == 1
        ? "the first message did not go out"
        : "none of the first %d messages went out".formatted(canary);
  }

  static String stuck(int failed, int sent) {
    return sent == 1
        ? "the first message did not get through"
        : "%d of the first %d messages did not get through".formatted(failed, sent);
  }

  /** Who resumes has seen it: the others follow then. */
  private static CanaryVerdict paused(String why) {
    return new CanaryVerdict(new OperationEvent.Paused(OperationState.RUNNING), why);
  }
}
