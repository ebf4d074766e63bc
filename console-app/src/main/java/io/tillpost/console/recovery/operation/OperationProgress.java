package io.tillpost.console.recovery.operation;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * An operation and how many of its messages came to which outcome, as asked just now.
 *
 * @param operation the operation
 * @param counts by state; states without a message are left out
 */
public record OperationProgress(RecoveryOperation operation, Map<ItemState, Long> counts) {
  public OperationProgress {
    counts = counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /** How many are in that state. */
  public long count(ItemState state) {
    return counts.getOrDefault(state, 0L);
  }

  /** How far its list is read or frozen; empty unless it is still being prepared. */
  public Optional<Preparation> preparation() {
    return operation.state() == OperationState.PLANNED
        ? Optional.ofNullable(operation.preparation())
        : Optional.empty();
  }

  /**
   * How far it is, from 0 to 1: how many are read, or frozen, while the list is being prepared,
   * then how many came to an outcome.
   */
  public double share() {
    double done = preparation().map(soFar -> (double) soFar.done()).orElse((double) ended());
    int of = preparation().map(Preparation::messages).orElse(operation.size());
    return of == 0 ? 0 : Math.min(1, done / of);
  }

  /** How many came to an outcome, whichever. */
  public long ended() {
    return counts.entrySet().stream()
        .filter(e -> !e.getKey().open())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** With how many it came about what was asked for: the target has them, or they are discarded. */
  public long done() {
    return count(ItemState.CONFIRMED)
        + count(ItemState.ALREADY_DONE)
        + count(ItemState.DISCARDED)
        + count(ItemState.RESTORED);
  }

  /** How many could be tried again: failed again, refused, rejected or left out. */
  public long rest() {
    return count(ItemState.FAILED)
        + count(ItemState.REFUSED)
        + count(ItemState.REJECTED)
        + count(ItemState.SKIPPED);
  }

  /** How many went out and are waited for. */
  public long waitedFor() {
    return count(ItemState.SENT) + count(ItemState.CLAIMED);
  }

  /** How many messages a second went out since it began; empty while none has. */
  public Optional<Double> perSecond(Instant now) {
    OperationSummary summary = operation.summary();
    Optional<Instant> begun =
        operation.history().stream()
            .filter(step -> step.state().mayDispatch())
            .map(OperationStep::at)
            .findFirst();
    if (summary == null || begun.isEmpty()) {
      return Optional.empty();
    }
    long out = summary.toSend() - count(ItemState.PLANNED);
    double seconds = Duration.between(begun.get(), now).toMillis() / 1000d;
    return out <= 0 || seconds < 1 ? Optional.empty() : Optional.of(out / seconds);
  }
}
