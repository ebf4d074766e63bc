package io.tillpost.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One retry, edit, replay or discard job over a frozen list of messages. How many of them came to
 * which outcome is asked of the items, never counted up here.
 *
 * @param id unique, later ones sort after earlier ones
 * @param action what the middleware is asked to do
 * @param requestedBy the user name of the person
 * @param reason in that person's words; never blank
 * @param requestedAt when it was asked for
 * @param scope where the list came from
 * @param channel the name of the recovery channel
 * @param state where it stands
 * @param size how many messages were frozen; 0 while it is planned
 * @param history every change of state, oldest first
 */
public record RecoveryOperation(
    String id,
    RecoveryAction action,
    String requestedBy,
    String reason,
    Instant requestedAt,
    OperationScope scope,
    String channel,
    OperationState state,
    int size,
    List<OperationStep> history) {
  public RecoveryOperation {
    history = List.copyOf(history);
  }

  /** An operation whose list is still to be frozen. */
  public static RecoveryOperation planned(
      String id,
      RecoveryAction action,
      String requestedBy,
      String reason,
      Instant requestedAt,
      OperationScope scope,
      String channel) {
    return new RecoveryOperation(
        id,
        action,
        requestedBy,
        reason,
        requestedAt,
        scope,
        channel,
        OperationState.PLANNED,
        0,
        List.of(new OperationStep(requestedAt, OperationState.PLANNED)));
  }

  /** The operation after the event; empty where the event means nothing in its state. */
  public Optional<RecoveryOperation> after(OperationEvent event, Instant now) {
    return OperationTransitions.next(state, event).map(next -> in(next, size, now));
  }

  /** The operation with its list frozen; empty unless it is planned. */
  public Optional<RecoveryOperation> frozen(int newSize, Instant now) {
    return OperationTransitions.next(state, OperationEvent.FROZEN)
        .map(next -> in(next, newSize, now));
  }

  /** When it reached the state for the first time. */
  public Optional<Instant> reachedAt(OperationState wanted) {
    return history.stream().filter(s -> s.state() == wanted).map(OperationStep::at).findFirst();
  }

  private RecoveryOperation in(OperationState next, int newSize, Instant now) {
    List<OperationStep> steps = new ArrayList<>(history);
    steps.add(new OperationStep(now, next));
    return new RecoveryOperation(
        id, action, requestedBy, reason, requestedAt, scope, channel, next, newSize, steps);
  }
}
