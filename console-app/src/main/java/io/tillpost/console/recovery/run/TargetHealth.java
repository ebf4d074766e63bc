package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.StartProperties;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How each target takes messages, over all operations: since one console dispatches at a time, that
 * is over all consoles too. A console that takes over begins anew.
 */
final class TargetHealth {
  private final StartProperties bounds;
  private final AtomicLong seen = new AtomicLong();
  private final Map<String, HealthRecord> records = new ConcurrentHashMap<>();

  TargetHealth(StartProperties bounds) {
    this.bounds = bounds;
  }

  StartProperties bounds() {
    return bounds;
  }

  /** The number of what was seen last. */
  long latest() {
    return seen.get();
  }

  /** The number of what is seen now. */
  long next() {
    return seen.incrementAndGet();
  }

  void took(String target, String operation, long number, Duration time) {
    of(target).took(operation, number, time);
  }

  /** A message came to its outcome, or nobody knows it. */
  void ended(String target, String operation, long number, ItemState state) {
    // Content that the middleware refuses says nothing of the target.
    if (state != ItemState.REFUSED && state != ItemState.REJECTED) {
      of(target).ended(operation, number, RunHealth.failed(state));
    }
  }

  /**
   * Why an operation that has messages for the target left should pause, as a sentence. Messages
   * that name no target do not go to one and the same.
   */
  Optional<String> objection(String target, String operation, long since) {
    if (target.equals(OperationSummary.NO_TARGET)) {
      return Optional.empty();
    }
    return of(target)
        .objection(
            operation,
            since,
            new HealthRecord.Subject("messages to " + target, " to messages for " + target),
            new HealthRecord.Subject(
                "messages of all operations to " + target,
                " to messages of all operations for " + target));
  }

  private HealthRecord of(String target) {
    return records.computeIfAbsent(target, _ -> new HealthRecord(bounds));
  }
}
