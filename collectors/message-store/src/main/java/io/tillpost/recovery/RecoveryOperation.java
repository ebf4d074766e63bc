package io.tillpost.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One retry, edit, replay or discard job over a frozen list of messages. How many of them came to
 * which outcome is asked of the items, never counted up here.
 *
 * @param id unique, later ones sort after earlier ones
 * @param action what the middleware is asked to do
 * @param requestedBy the user name of the person
 * @param reason in that person's words; blank only while it is planned or previewed
 * @param requestedAt when it was asked for
 * @param scope where the list came from
 * @param channel the name of the recovery channel, or {@link #NO_CHANNEL}
 * @param state where it stands
 * @param summary what was frozen; null while it is planned
 * @param goesOnAs what resuming leads to; null unless it is paused
 * @param history every change of state, oldest first
 * @param requestHash names what was asked for, so that a repeat is told from another request with
 *     the same key; null where it is not known
 * @param preparation how far the list is read and frozen; null once it is, and where nothing is
 *     left of a list that was given up
 * @param rule the field that it sets; null where it sets none in all payloads alike, and where it
 *     was planned before that was kept
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
    @Nullable OperationSummary summary,
    @Nullable OperationState goesOnAs,
    List<OperationStep> history,
    @Nullable String requestHash,
    @Nullable Preparation preparation,
    @Nullable FieldRule rule) {
  /**
   * The channel of an operation that sends nothing, or of which it is not read yet what it sends.
   */
  public static final String NO_CHANNEL = "-";

  /** Who asks for operations that nobody asks for. No login has a blank in its name. */
  public static final String AUTOMATIC = "automatic retry";

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
        null,
        null,
        List.of(new OperationStep(requestedAt, OperationState.PLANNED, requestedBy, null)),
        null,
        null,
        null);
  }

  /** The same operation, asked for by the request of that hash. */
  public RecoveryOperation requestedAs(String hash) {
    return with(reason, state, summary, goesOnAs, history, hash, preparation, rule);
  }

  /** The same operation, whose list is frozen so far; null for nothing that counts any more. */
  public RecoveryOperation preparing(@Nullable Preparation soFar) {
    return with(reason, state, summary, goesOnAs, history, requestHash, soFar, rule);
  }

  /**
   * The fingerprints of the exceptions that it is about, as they were named when its list was
   * frozen: the one that it was asked for, or those of its messages, up to {@link
   * OperationSummary#MOST_EXCEPTIONS}. Empty until then, and of messages that have not failed.
   */
  public Set<String> exceptions() {
    String one = scope.fingerprint();
    if (one != null) {
      return Set.of(one);
    }
    return summary == null ? Set.of() : Set.copyOf(summary.exceptions());
  }

  /** The same operation, whose messages are known by now: where they came from and go through. */
  public RecoveryOperation listed(OperationScope newScope, String newChannel) {
    return new RecoveryOperation(
        id,
        action,
        requestedBy,
        reason,
        requestedAt,
        newScope,
        newChannel,
        state,
        summary,
        goesOnAs,
        history,
        requestHash,
        preparation,
        rule);
  }

  /** The same operation, which sets this field; null for none. */
  public RecoveryOperation setting(@Nullable FieldRule newRule) {
    return with(reason, state, summary, goesOnAs, history, requestHash, preparation, newRule);
  }

  /** Whether nobody asked for it: it began by itself. */
  public boolean isAutomatic() {
    return requestedBy.equals(AUTOMATIC);
  }

  /** How many messages were frozen; 0 while it is planned. */
  public int size() {
    return summary == null ? 0 : summary.messages();
  }

  /**
   * The operation after the event; empty where the event means nothing in its state ({@link
   * OperationTransitions}).
   *
   * @param actor the user name of who did it, or null where it came about by itself
   * @param why in words, or null
   */
  public Optional<RecoveryOperation> after(
      OperationEvent event, @Nullable String actor, @Nullable String why, Instant now) {
    return OperationTransitions.next(state, event)
        .map(
            next ->
                in(
                    next,
                    summary,
                    event instanceof OperationEvent.Paused p ? p.goesOnAs() : null,
                    new OperationStep(now, next, actor, why)));
  }

  /** The operation with its list frozen; empty unless it is planned. */
  public Optional<RecoveryOperation> frozen(OperationSummary frozen, Instant now) {
    return OperationTransitions.next(state, new OperationEvent.Frozen())
        .map(
            next ->
                in(next, frozen, null, new OperationStep(now, next, null, null)).preparing(null));
  }

  /** The same operation with this reason; only before anything is dispatched. */
  public RecoveryOperation because(String why) {
    if (!state.waiting() && state != OperationState.PLANNED) {
      throw new IllegalStateException("The reason of an operation that runs does not change");
    }
    return with(why, state, summary, goesOnAs, history, requestHash, preparation, rule);
  }

  /** Whether something of it may have gone out. */
  public boolean hasBegun() {
    return history.stream().anyMatch(step -> step.state().mayDispatch());
  }

  /** When it reached the state for the first time. */
  public Optional<Instant> reachedAt(OperationState wanted) {
    return history.stream().filter(s -> s.state() == wanted).map(OperationStep::at).findFirst();
  }

  /** How it came to the state that it is in. */
  public OperationStep latest() {
    return history.getLast();
  }

  /**
   * The step that says who brought it where it is, and why: of one that was cancelled, that
   * somebody asked for it, rather than that it is done.
   */
  public OperationStep decisive() {
    return state == OperationState.CANCELLED
        ? history.stream()
            .filter(step -> step.state() == OperationState.CANCELLING)
            .reduce((_, later) -> later)
            .orElseGet(this::latest)
        : latest();
  }

  private RecoveryOperation in(
      OperationState next,
      @Nullable OperationSummary newSummary,
      @Nullable OperationState newGoesOnAs,
      OperationStep step) {
    List<OperationStep> steps = new ArrayList<>(history);
    steps.add(step);
    return with(reason, next, newSummary, newGoesOnAs, steps, requestHash, preparation, rule);
  }

  /** The same operation but for all that may change of one. */
  private RecoveryOperation with(
      String newReason,
      OperationState newState,
      @Nullable OperationSummary newSummary,
      @Nullable OperationState newGoesOnAs,
      List<OperationStep> newHistory,
      @Nullable String newRequestHash,
      @Nullable Preparation newPreparation,
      @Nullable FieldRule newRule) {
    return new RecoveryOperation(
        id,
        action,
        requestedBy,
        newReason,
        requestedAt,
        scope,
        channel,
        newState,
        newSummary,
        newGoesOnAs,
        newHistory,
        newRequestHash,
        newPreparation,
        newRule);
  }
}
