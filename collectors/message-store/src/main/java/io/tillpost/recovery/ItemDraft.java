package io.tillpost.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next version of an item while it is put together. */
final class ItemDraft {
  private final RecoveryItem before;
  boolean canary;
  ItemState state;
  @Nullable RecoveryAction action;
  @Nullable String contentHash;
  @Nullable EarlierPassed passes;
  @Nullable String supersededBy;
  @Nullable Long tookSeconds;
  private @Nullable String reason;
  private int dispatches;
  private boolean inDoubt;
  private @Nullable String holder;
  private @Nullable Instant heldUntil;
  private @Nullable Instant nextTryAt;
  private @Nullable Instant sentAt;
  private @Nullable Instant deadline;
  private @Nullable String traceId;
  private List<ItemStep> history;
  private @Nullable String waitsFor;
  private @Nullable TargetAsked asked;

  /** An exact copy to begin with. */
  ItemDraft(RecoveryItem before) {
    this.before = before;
    this.canary = before.canary();
    this.state = before.state();
    this.reason = before.reason();
    this.dispatches = before.dispatches();
    this.inDoubt = before.inDoubt();
    this.holder = before.holder();
    this.heldUntil = before.heldUntil();
    this.nextTryAt = before.nextTryAt();
    this.sentAt = before.sentAt();
    this.deadline = before.deadline();
    this.traceId = before.traceId();
    this.history = before.history();
    this.action = before.action();
    this.contentHash = before.contentHash();
    this.waitsFor = before.waitsFor();
    this.asked = before.asked();
    this.passes = before.passes();
    this.supersededBy = before.supersededBy();
    this.tookSeconds = before.tookSeconds();
  }

  void behind(String itemId, String why) {
    waitsFor = itemId;
    reason = why;
  }

  void waitsFor(String itemId, String why, Instant now) {
    behind(itemId, why);
    step(now, why);
  }

  void sending(ItemEvent.DispatchStarted start, Instant now) {
    if (waitsFor != null) {
      waitsFor = null;
      reason = null;
    }
    // A request without an answer on record may have been taken before a crash.
    inDoubt = inDoubt || holder != null;
    holder = start.holder();
    heldUntil = start.heldUntil();
    nextTryAt = null;
    deadline = deadline == null ? start.deadline() : deadline;
    traceId = start.traceId();
    if (dispatches == 0) {
      step(now, "Claimed attempt " + before.attempt());
    }
    dispatches++;
  }

  void recording(Instant now) {
    step(now, "Being written down");
  }

  void taken(Instant until, Instant now) {
    letGo();
    reason = null;
    inDoubt = true;
    nextTryAt = null;
    sentAt = now;
    deadline = until;
    step(now, "Sent");
  }

  void waiting(Instant nextTry, String why, boolean doubt, @Nullable Instant until, Instant now) {
    letGo();
    nextTryAt = nextTry;
    inDoubt = doubt;
    deadline = until;
    // A channel that says the same for hours does not make the document grow.
    if (!why.equals(reason)) {
      step(now, why);
    }
    reason = why;
  }

  void ended(String why, Instant now) {
    letGo();
    nextTryAt = null;
    reason = why;
    step(now, why);
  }

  void answered(ItemEvent.TargetAnswered answer, Instant now) {
    asked = answer.asked();
    // Who asks every minute and hears the same does not make the document grow.
    if (!answer.words().equals(reason)) {
      step(now, answer.words());
    }
    reason = answer.words();
  }

  RecoveryItem item() {
    return new RecoveryItem(
        before.operationId(),
        before.messageId(),
        before.message(),
        before.position(),
        canary,
        before.attempt(),
        state,
        reason,
        dispatches,
        inDoubt,
        holder,
        heldUntil,
        nextTryAt,
        sentAt,
        deadline,
        traceId,
        before.plannedAt(),
        history,
        action,
        contentHash,
        waitsFor,
        asked,
        passes,
        supersededBy,
        tookSeconds);
  }

  private void letGo() {
    holder = null;
    heldUntil = null;
  }

  private void step(Instant now, String what) {
    List<ItemStep> steps = new ArrayList<>(history);
    steps.add(new ItemStep(now, state, what));
    history = steps;
  }
}
