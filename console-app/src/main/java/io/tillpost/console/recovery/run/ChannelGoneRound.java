package io.tillpost.console.recovery.run;

import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Goes on with an operation that cannot send anything, because its channel is not in the
 * configuration: what was sent is followed to its end, and once somebody cancels it, what was not
 * sent is let go of. Where nothing is left to be sent it comes to its end; else it waits for the
 * channel, or for a person.
 */
final class ChannelGoneRound implements Round {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final RunParts parts;
  private final ItemWindow items;
  private final SideWork side;
  private RecoveryOperation operation;
  private Instant lookAt = Instant.MIN;

  /**
   * @param list of the operation
   * @param something is told when something that was handed out has happened
   */
  ChannelGoneRound(
      RecoveryOperation operation, FrozenList list, RunParts parts, Runnable something) {
    this.operation = operation;
    this.parts = parts;
    this.items = new ItemWindow(parts.records(), parts.window(), list);
    // How a target fares is told by those who send to it.
    this.side = new SideWork(parts, new ItemSteps(operation.id(), parts, (_, _) -> {}), something);
  }

  @Override
  public Going next(Executor workers) {
    Instant now = parts.clock().instant();
    if (!now.isBefore(lookAt)) {
      lookAt = now.plus(LOOK_EVERY);
      parts
          .records()
          .operations()
          .get(operation.id())
          .map(Versioned::value)
          .ifPresent(next -> operation = next);
    }
    if (!operation.state().active()) {
      return Going.OVER;
    }
    items.fill(now, false);
    if (items.isDone()) {
      return Going.DONE;
    }
    side.follow(items.held(), workers, now);
    return operation.state() == OperationState.CANCELLING
            && items.letGo(ItemSteps.cancelled(operation), now)
        ? Going.PACED
        : Going.ON;
  }
}
