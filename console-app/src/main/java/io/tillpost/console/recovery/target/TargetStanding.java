package io.tillpost.console.recovery.target;

import io.tillpost.recovery.TargetFreeze;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether messages go to a target now, and how gently.
 *
 * @param name of the target, or {@link io.tillpost.recovery.OperationSummary#NO_TARGET}
 * @param rate messages a second at most, all operations together
 * @param concurrency requests at the same time at most
 * @param closings why nothing goes to it now, what ends last first; empty while messages may go
 * @param freeze the freeze by hand that holds now; null where there is none
 * @param waiting the running operations with messages that are still to be sent to it, those that
 *     were asked for first first
 */
public record TargetStanding(
    String name,
    double rate,
    int concurrency,
    List<TargetClosed> closings,
    @Nullable TargetFreeze freeze,
    List<Waiting> waiting) {
  private static final String OPEN = "open";

  public TargetStanding {
    closings = List.copyOf(closings);
    waiting = List.copyOf(waiting);
  }

  /** Names the freeze by hand, so that nobody replaces or lifts another one than they saw. */
  public String version() {
    return versionOf(freeze);
  }

  static String versionOf(@Nullable TargetFreeze freeze) {
    return freeze == null ? OPEN : freeze.id();
  }

  /** How many messages are still to be sent to it. */
  public long messagesWaiting() {
    return waiting.stream().mapToLong(Waiting::messages).sum();
  }

  /**
   * A running operation.
   *
   * @param messages how many of it are still to be sent to that target
   */
  public record Waiting(String operationId, String requestedBy, long messages) {}
}
