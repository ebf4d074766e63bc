package io.tillpost.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of a recovery operation. It makes exactly the attempt that was planned when the list
 * was frozen, or none.
 *
 * @param operationId the operation it belongs to
 * @param messageId the message
 * @param message what has to be known of the message
 * @param position its place on the list, from 0; the list is dispatched in this order
 * @param canary whether it is one of those that go first
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
 * @param action what its operation does; null where it is a retry
 * @param contentHash names the content that is sent ({@link RecoveryContent#hash}); null where the
 *     middleware processes what it has
 * @param waitsFor document id of the item about the same business object that goes before it, or
 *     null while it waits for none
 * @param asked that somebody had the target asked for it, the last time; or null
 * @param passes the earlier messages about the same business object that had failed when the list
 *     was frozen and before which it goes, because somebody decided so; null where nobody did
 * @param supersededBy the id of a newer message about the same business object that makes it
 *     needless, and in spite of which it goes, because somebody decided so; null where nobody did
 * @param tookSeconds from the first request until it was confirmed; null where it is not, and where
 *     it was before that was kept
 */
public record RecoveryItem(
    String operationId,
    String messageId,
    PlannedMessage message,
    int position,
    boolean canary,
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
    List<ItemStep> history,
    @Nullable RecoveryAction action,
    @Nullable String contentHash,
    @Nullable String waitsFor,
    @Nullable TargetAsked asked,
    @Nullable EarlierPassed passes,
    @Nullable String supersededBy,
    @Nullable Long tookSeconds) {
  public RecoveryItem {
    history = List.copyOf(history);
  }

  /** An item for which nothing was dispatched yet, not one of those that go first. */
  public static RecoveryItem planned(
      String operationId,
      String messageId,
      PlannedMessage message,
      int position,
      int attempt,
      Instant now) {
    return new RecoveryItem(
        operationId,
        messageId,
        message,
        position,
        false,
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
        List.of(new ItemStep(now, ItemState.PLANNED, "Planned as attempt " + attempt)),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** What its operation does. */
  public RecoveryAction actionOrRetry() {
    return action == null ? RecoveryAction.RETRY : action;
  }

  /** The same item of an operation with that action. */
  public RecoveryItem in(RecoveryAction newAction) {
    ItemDraft draft = new ItemDraft(this);
    draft.action = newAction == RecoveryAction.RETRY ? null : newAction;
    return draft.item();
  }

  /** The same item with content of its own, by its hash. */
  public RecoveryItem sending(String newContentHash) {
    ItemDraft draft = new ItemDraft(this);
    draft.contentHash = newContentHash;
    return draft.item();
  }

  /** The same item behind one of the same list that is about the same business object. */
  public RecoveryItem behind(String otherMessageId) {
    ItemDraft draft = new ItemDraft(this);
    draft.behind(
        id(operationId, otherMessageId),
        "Goes after message " + otherMessageId + " about the same business object");
    return draft.item();
  }

  /** The same item, to go before these earlier messages, which have failed. */
  public RecoveryItem passing(EarlierPassed earlier) {
    ItemDraft draft = new ItemDraft(this);
    draft.passes = earlier;
    return draft.item();
  }

  /**
   * Whether somebody decided that it goes before that earlier message: one that had failed when the
   * list was frozen.
   *
   * @param failedAt when that message first failed, by its sender's clock
   */
  public boolean mayPass(String otherMessageId, Instant failedAt) {
    return passes != null
        && (passes.messages().contains(otherMessageId)
            || (passes.more() > 0 && !failedAt.isAfter(plannedAt)));
  }

  /** The same item, to go in spite of that newer message. */
  public RecoveryItem inSpiteOf(String newerMessageId) {
    ItemDraft draft = new ItemDraft(this);
    draft.supersededBy = newerMessageId;
    return draft.item();
  }

  /**
   * Whether somebody decided that it goes in spite of that newer message: one that was through when
   * the list was frozen.
   *
   * @param confirmedAt when the target had that message, by its sender's clock
   */
  public boolean mayFollow(String newerMessageId, Instant confirmedAt) {
    return supersededBy != null
        && (supersededBy.equals(newerMessageId) || !confirmedAt.isAfter(plannedAt));
  }

  /** The same item as one of those that go first. */
  public RecoveryItem first() {
    ItemDraft draft = new ItemDraft(this);
    draft.canary = true;
    return draft.item();
  }

  /** The id of the item of that message in that operation. */
  public static String id(String operationId, String messageId) {
    return DocumentIds.bounded(operationId + ":" + messageId);
  }

  /** The key of every request for this attempt: {@code <messageId>:<attempt>}. */
  public String idempotencyKey() {
    return messageId + ":" + attempt;
  }

  /** The store of the message, or null. */
  public @Nullable String storeId() {
    return message.storeId();
  }

  /** Whether another dispatcher is sending it at that moment. */
  public boolean heldByAnother(String me, Instant now) {
    return holder != null && !holder.equals(me) && heldUntil != null && now.isBefore(heldUntil);
  }

  /**
   * Whether a request may have been taken, or a discard may have been written down: then it is
   * followed to its end, whatever else.
   */
  public boolean mayBeTaken() {
    boolean recording = state == ItemState.CLAIMED && dispatches == 0;
    return inDoubt || holder != null || recording || state == ItemState.SENT;
  }

  /**
   * The item after the event; empty where the event means nothing in its state ({@link
   * ItemTransitions}), and where it is to be cancelled although a request may have been taken.
   */
  public Optional<RecoveryItem> after(ItemEvent event, Instant now) {
    if (event instanceof ItemEvent.Cancelled && mayBeTaken()) {
      return Optional.empty();
    }
    return ItemTransitions.next(state, event).map(next -> apply(next, event, now));
  }

  private RecoveryItem apply(ItemState next, ItemEvent event, Instant now) {
    ItemDraft draft = new ItemDraft(this);
    draft.state = next;
    switch (event) {
      case ItemEvent.DispatchStarted e -> draft.sending(e, now);
      case ItemEvent.Taken e -> draft.taken(e.deadline(), now);
      case ItemEvent.RecordStarted _ -> draft.recording(now);
      case ItemEvent.Discarded _ -> draft.ended("Discarded", now);
      case ItemEvent.Restored _ -> draft.ended("Restored", now);
      // Nothing was taken: unless an earlier request is in doubt, no time runs out.
      case ItemEvent.SlowDown e ->
          draft.waiting(e.nextTryAt(), e.reason(), inDoubt, inDoubt ? deadline : null, now);
      case ItemEvent.OutcomeUnknown e ->
          draft.waiting(e.nextTryAt(), e.reason(), true, deadline, now);
      case ItemEvent.Skipped e -> draft.ended(e.reason(), now);
      case ItemEvent.Waits e -> draft.waitsFor(e.itemId(), e.reason(), now);
      case ItemEvent.Cancelled e -> draft.ended(e.reason(), now);
      case ItemEvent.HadAlready e -> draft.ended(e.reason(), now);
      case ItemEvent.FoundInTarget e -> draft.ended(e.reason(), now);
      case ItemEvent.Refused e -> draft.ended(e.reason(), now);
      case ItemEvent.Rejected e -> draft.ended(e.reason(), now);
      case ItemEvent.Confirmed e -> {
        draft.ended("Attempt " + e.attempt() + " is confirmed", now);
        draft.tookSeconds = Duration.between(firstOut(), now).toSeconds();
      }
      case ItemEvent.ConfirmedBefore e ->
          draft.ended("Attempt " + e.attempt() + " was confirmed", now);
      case ItemEvent.AttemptFailed e -> draft.ended(e.reason(), now);
      case ItemEvent.TargetAnswered e -> draft.answered(e, now);
      case ItemEvent.Settled e -> draft.ended(e.words(), now);
      case ItemEvent.DeadlinePassed _ -> draft.ended(unconfirmedReason(), now);
    }
    return draft.item();
  }

  /** What waited for its turn before is no matter of the target. */
  private Instant firstOut() {
    return history.stream()
        .filter(step -> step.state() == ItemState.CLAIMED || step.state() == ItemState.SENT)
        .map(ItemStep::at)
        .findFirst()
        .orElse(plannedAt);
  }

  private String unconfirmedReason() {
    return sentAt == null
        ? "The channel did not say whether it took the request"
            + (reason == null ? "" : ": " + reason)
        : "Sent, but neither confirmed nor failed in time";
  }
}
