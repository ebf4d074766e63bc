package io.tillpost.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of a recovery operation. It makes exactly the attempt that was planned when the list
 * was frozen, or none.
 *
 * @param operationId the operation it belongs to
 * @param messageId the message
 * @param workflow of the message
 * @param storeId of the message, or null
 * @param attempt the attempt to be made: one more than every attempt known when it was planned
 * @param state what has become of it
 * @param reason why, in words; null where there is nothing to say yet
 * @param dispatches how often a request went out, always with the same key
 * @param inDoubt whether a request may have been taken without an answer that says so
 * @param holder the dispatcher that sends it, or null
 * @param heldUntil no other dispatcher touches it before, or null
 * @param nextTryAt when the same request goes out again, or null
 * @param sentAt when the middleware took it, or null
 * @param deadline when the outcome must be known, or null while nothing was taken
 * @param traceId the trace of the latest request, or null
 * @param plannedAt when the list was frozen
 * @param history what happened, oldest first
 */
public record RecoveryItem(
    String operationId,
    String messageId,
    String workflow,
    @Nullable String storeId,
    int attempt,
    ItemState state,
    @Nullable String reason,
    int dispatches,
    boolean inDoubt,
    @Nullable String holder,
    @Nullable Instant heldUntil,
    @Nullable Instant nextTryAt,
    @Nullable Instant sentAt,
    @Nullable Instant deadline,
    @Nullable String traceId,
    Instant plannedAt,
    List<ItemStep> history) {
  public RecoveryItem {
    history = List.copyOf(history);
  }

  /** An item for which nothing was dispatched yet. */
  public static RecoveryItem planned(
      String operationId,
      String messageId,
      String workflow,
      @Nullable String storeId,
      int attempt,
      Instant now) {
    return new RecoveryItem(
        operationId,
        messageId,
        workflow,
        storeId,
        attempt,
        ItemState.PLANNED,
        null,
        0,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        now,
        List.of(new ItemStep(now, ItemState.PLANNED, "Planned as attempt " + attempt)));
  }

  /** The id of the item of that message in that operation. */
  public static String id(String operationId, String messageId) {
    return DocumentIds.bounded(operationId + ":" + messageId);
  }

  /** The key of every request for this attempt: {@code <messageId>:<attempt>}. */
  public String idempotencyKey() {
    return messageId + ":" + attempt;
  }

  /** Whether another dispatcher is sending it at that moment. */
  public boolean heldByAnother(String me, Instant now) {
    return holder != null && !holder.equals(me) && heldUntil != null && now.isBefore(heldUntil);
  }

  /**
   * The item after the event; empty where the event means nothing in its state ({@link
   * ItemTransitions}).
   */
  public Optional<RecoveryItem> after(ItemEvent event, Instant now) {
    return ItemTransitions.next(state, event).map(next -> apply(next, event, now));
  }

  private RecoveryItem apply(ItemState next, ItemEvent event, Instant now) {
    return switch (event) {
      case ItemEvent.DispatchStarted e ->
          new RecoveryItem(
              operationId,
              messageId,
              workflow,
              storeId,
              attempt,
              next,
              reason,
              dispatches + 1,
              // A request without an answer on record may have been taken before a crash.
              inDoubt || holder != null,
              e.holder(),
              e.heldUntil(),
              null,
              null,
              deadline == null ? e.deadline() : deadline,
              e.traceId(),
              plannedAt,
              dispatches == 0 ? with(now, next, "Claimed attempt " + attempt) : history);
      case ItemEvent.Taken e ->
          new RecoveryItem(
              operationId,
              messageId,
              workflow,
              storeId,
              attempt,
              next,
              null,
              dispatches,
              true,
              null,
              null,
              null,
              now,
              e.deadline(),
              traceId,
              plannedAt,
              with(now, next, "Sent"));
      case ItemEvent.SlowDown e ->
          // Nothing was taken: unless an earlier request is in doubt, no time runs out.
          waiting(e.nextTryAt(), e.reason(), inDoubt, inDoubt ? deadline : null, now);
      case ItemEvent.OutcomeUnknown e -> waiting(e.nextTryAt(), e.reason(), true, deadline, now);
      case ItemEvent.Skipped e -> ended(next, e.reason(), now);
      case ItemEvent.HadAlready e -> ended(next, e.reason(), now);
      case ItemEvent.Refused e -> ended(next, e.reason(), now);
      case ItemEvent.Rejected e -> ended(next, e.reason(), now);
      case ItemEvent.Confirmed e -> ended(next, "Attempt " + e.attempt() + " is confirmed", now);
      case ItemEvent.ConfirmedBefore e ->
          ended(next, "Attempt " + e.attempt() + " was confirmed", now);
      case ItemEvent.AttemptFailed e -> ended(next, e.reason(), now);
      case ItemEvent.DeadlinePassed _ -> ended(next, unconfirmedReason(), now);
    };
  }

  private String unconfirmedReason() {
    return sentAt == null
        ? "The channel did not say whether it took the request"
            + (reason == null ? "" : ": " + reason)
        : "Sent, but neither confirmed nor failed in time";
  }

  private RecoveryItem waiting(
      Instant nextTry, String why, boolean doubt, @Nullable Instant until, Instant now) {
    return new RecoveryItem(
        operationId,
        messageId,
        workflow,
        storeId,
        attempt,
        state,
        why,
        dispatches,
        doubt,
        null,
        null,
        nextTry,
        null,
        until,
        traceId,
        plannedAt,
        // A channel that says the same for hours does not make the document grow.
        why.equals(reason) ? history : with(now, state, why));
  }

  private RecoveryItem ended(ItemState next, String why, Instant now) {
    return new RecoveryItem(
        operationId,
        messageId,
        workflow,
        storeId,
        attempt,
        next,
        why,
        dispatches,
        inDoubt,
        null,
        null,
        null,
        sentAt,
        deadline,
        traceId,
        plannedAt,
        with(now, next, why));
  }

  private List<ItemStep> with(Instant now, ItemState next, String what) {
    List<ItemStep> steps = new ArrayList<>(history);
    steps.add(new ItemStep(now, next, what));
    return steps;
  }
}
