package io.tillpost.recovery;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Where a recovery operation stands. */
public enum OperationState {
  /** The list is being frozen; nothing is dispatched. */
  PLANNED,
  /** The list is frozen and can be looked at; it waits for the person who planned it. */
  PREVIEWED,
  /** It waits for a second person, who approves what was previewed or does not. */
  AWAITING_APPROVAL,
  /** The first few messages are dispatched and followed; the others wait for their outcome. */
  CANARY,
  /** Messages are dispatched and followed. */
  RUNNING,
  /** No request goes out; those that went out are followed. */
  PAUSED,
  /** No request goes out any more; those that went out are followed to their end. */
  CANCELLING,
  /** Every message came to an outcome. */
  FINISHED,
  /** It was cancelled; what had gone out by then came to an outcome, the rest was left alone. */
  CANCELLED,
  /** It was interrupted or cancelled while it was planned; nothing was dispatched. */
  ABANDONED;

  /** Whether something is still to happen, by itself or by a person. */
  public boolean open() {
    return this != FINISHED && this != CANCELLED && this != ABANDONED;
  }

  /** Whether a console works on it. */
  public boolean active() {
    return mayDispatch() || this == PAUSED || this == CANCELLING;
  }

  /** The names of all states in which a console works on it, as they are kept. */
  public static Set<String> activeNames() {
    return names(OperationState::active);
  }

  /** The names of all states in which something is still to happen, as they are kept. */
  public static Set<String> openNames() {
    return names(OperationState::open);
  }

  private static Set<String> names(Predicate<OperationState> those) {
    return Arrays.stream(values())
        .filter(those)
        .map(OperationState::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether requests may go out. */
  public boolean mayDispatch() {
    return this == CANARY || this == RUNNING;
  }

  /** Whether it waits for a person before anything is dispatched. */
  public boolean waiting() {
    return this == PREVIEWED || this == AWAITING_APPROVAL;
  }
}
