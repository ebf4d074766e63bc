package io.tillpost.estate.message;

import io.tillpost.estate.plan.Store;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not finished yet. What it is never changes; how far it has come does. Not safe
 * for several threads: whoever holds the estate changes it.
 */
public final class Message {
  /** What an unfinished message waits for. */
  public enum State {
    /** The next stage of its attempt. */
    UNDER_WAY,
    /** The store's line to the middleware. */
    WAITING_FOR_LINE,
    /** Somebody, or the middleware's own redrive: the attempt failed. */
    FAILED,
    /** The target's confirmation. */
    UNCONFIRMED
  }

  private final MessageKey key;
  private final String id;
  private final Store store;
  private final long capturedAt;
  private final String correlationId;
  private final long amountMinor;
  private final long[] times = new long[Stage.values().length];

  private State state = State.UNDER_WAY;
  private Stage next = Stage.CAPTURED;
  private long dueAt;
  private int turn;
  private int attempt = 1;
  private int redeliveries;
  private boolean posted;
  private boolean heldBack;
  private @Nullable Failure failure;
  private @Nullable String correctedPayload;
  private @Nullable String recoveryTraceparent;

  /**
   * A message that was just captured.
   *
   * @param amountMinor minor units of the store's currency, 0 where no money is on it
   */
  public Message(
      MessageKey key, Store store, long capturedAt, String correlationId, long amountMinor) {
    this.key = key;
    this.id = key.id();
    this.store = store;
    this.capturedAt = capturedAt;
    this.correlationId = correlationId;
    this.amountMinor = amountMinor;
  }

  /** Its key. */
  public MessageKey key() {
    return key;
  }

  /** Its message id. */
  public String id() {
    return id;
  }

  /** Its process. */
  public Workflow workflow() {
    return key.workflow();
  }

  /** Its store. */
  public Store store() {
    return store;
  }

  /** When its source had it, epoch milliseconds. */
  public long capturedAt() {
    return capturedAt;
  }

  /** What ties it to other messages of the same customer action. */
  public String correlationId() {
    return correlationId;
  }

  /** Minor units of the store's currency, 0 where no money is on it. */
  public long amountMinor() {
    return amountMinor;
  }

  /** When a stage of the present attempt was reached, epoch milliseconds, 0 where not yet. */
  public long reachedAt(Stage stage) {
    return times[stage.code()];
  }

  /** Notes that a stage was reached. */
  public void reached(Stage stage, long at) {
    times[stage.code()] = at;
  }

  /** What it waits for. */
  public State state() {
    return state;
  }

  /** The stage it reaches next. */
  public Stage next() {
    return next;
  }

  /** When it moves next, epoch milliseconds; 0 where it waits for somebody. */
  public long dueAt() {
    return dueAt;
  }

  /** Which of its appointments counts: an older one is void. */
  public int turn() {
    return turn;
  }

  /** Makes the next appointment; every older one becomes void. */
  public void awaits(State newState, Stage nextStage, long at) {
    state = newState;
    next = nextStage;
    dueAt = at;
    turn++;
  }

  /** The present attempt, from 1. */
  public int attempt() {
    return attempt;
  }

  /** Begins a new attempt; {@code redeliveriesSoFar} of the same delivery by the middleware. */
  public void beginAttempt(int number, int redeliveriesSoFar) {
    attempt = number;
    redeliveries = redeliveriesSoFar;
  }

  /** How often the middleware has delivered it again by itself. */
  public int redeliveries() {
    return redeliveries;
  }

  /** Whether the target has posted it, confirmed or not. */
  public boolean posted() {
    return posted;
  }

  /** The target has posted it. */
  public void post() {
    posted = true;
  }

  /** Whether its store could not send it at once. */
  public boolean heldBack() {
    return heldBack;
  }

  /** Its store could not send it at once. */
  public void holdBack() {
    heldBack = true;
  }

  /** Why the last attempt ended, or null. */
  public @Nullable Failure failure() {
    return failure;
  }

  /** Notes why the attempt ended, or null to forget it. */
  public void fail(@Nullable Failure why) {
    failure = why;
  }

  /** The payload somebody corrected, or null. */
  public @Nullable String correctedPayload() {
    return correctedPayload;
  }

  /** Takes a corrected payload. */
  public void correct(@Nullable String payload) {
    correctedPayload = payload;
  }

  /** The trace context of the recovery that drives the present attempt, or null. */
  public @Nullable String recoveryTraceparent() {
    return recoveryTraceparent;
  }

  /** The present attempt belongs to this trace; null for the message's own. */
  public void follow(@Nullable String traceparent) {
    recoveryTraceparent = traceparent;
  }
}
