package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An item of a running operation, as this dispatcher knows it. One thread works on it at a time.
 */
final class OpenItem {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofMinutes(1);

  /** For how long a look at other operations and at earlier messages counts. */
  private static final Duration ORDER_HOLDS = Duration.ofSeconds(2);

  private final AtomicBoolean busy = new AtomicBoolean();
  private final String operationId;
  private final String messageId;
  private final String target;
  private volatile ItemState state;
  private volatile boolean inVain;
  private volatile @Nullable Versioned<RecoveryItem> known;
  private volatile Instant notBefore = Instant.MIN;
  private volatile Instant lookAt = Instant.MIN;
  private volatile Instant inOrderSince = Instant.MIN;
  private volatile Instant earlierSince = Instant.MIN;
  private volatile EarlierOnes earlier = EarlierOnes.NONE;
  private volatile @Nullable OpenItem before;

  /** The one that waits for it; only for the thread of the rounds. */
  private @Nullable OpenItem behind;

  /**
   * An item of which the document is not known yet.
   *
   * @param target {@link io.tillpost.recovery.PlannedMessage#targetName}
   * @param state as far as it is known
   * @param before the one about the same business object that goes before it, or null
   */
  OpenItem(
      String operationId,
      String messageId,
      String target,
      ItemState state,
      @Nullable OpenItem before) {
    this.operationId = operationId;
    this.messageId = messageId;
    this.target = target;
    this.before = before;
    this.state = state;
    if (state.open()) {
      if (before != null && before.open()) {
        before.behind = this;
      }
    } else {
      settle(state);
    }
  }

  /** The id of its document. */
  String id() {
    return RecoveryItem.id(operationId, messageId);
  }

  /** The target of its message. */
  String target() {
    return target;
  }

  /** Its document, as it was seen last; only while it is held. */
  Versioned<RecoveryItem> known() {
    Versioned<RecoveryItem> document = known;
    if (document == null) {
      throw new IllegalStateException("The document of " + id() + " is not held");
    }
    return document;
  }

  /** Its document is this now. */
  void now(Versioned<RecoveryItem> item) {
    known = item;
    ItemState next = item.value().state();
    if (!next.open() && state.open()) {
      settle(next);
    }
    state = next;
  }

  /** What is to be remembered of an item at its end; those before it are not. */
  private void settle(ItemState end) {
    OpenItem earlier = before;
    inVain =
        earlier != null
            && end == ItemState.SKIPPED
            && (RunHealth.failed(earlier.state()) || earlier.inVain);
    before = null;
    this.earlier = EarlierOnes.NONE;
  }

  /** Its document is not held any more. */
  void forget() {
    known = null;
    earlier = EarlierOnes.NONE;
    earlierSince = Instant.MIN;
  }

  /** The one that waited for it, once; null where there is none. */
  @Nullable OpenItem unchain() {
    OpenItem one = behind;
    behind = null;
    return one;
  }

  boolean open() {
    return state.open();
  }

  /** Takes it for this thread; false where another thread has it. */
  boolean take() {
    return busy.compareAndSet(false, true);
  }

  void giveBack() {
    busy.set(false);
  }

  /** Leaves it alone for a while, after something went wrong. */
  void leaveUntil(Instant moment) {
    notBefore = moment;
    lookAt = moment;
  }

  /** Whether it is to be left alone at that moment. */
  boolean leftAloneAt(Instant now) {
    return now.isBefore(notBefore);
  }

  ItemState state() {
    return state;
  }

  /** Whether the one before it has still to come to its outcome. */
  boolean waitsForAnother() {
    OpenItem earlier = before;
    return earlier != null && earlier.open();
  }

  /**
   * Why it must not go although nothing was dispatched for it: the one before it did not get
   * through. Empty if it may.
   */
  Optional<String> heldBack() {
    OpenItem earlier = before;
    if (earlier == null || earlier.open() || state() != ItemState.PLANNED) {
      return Optional.empty();
    }
    // What was skipped is through already, or somebody else takes care of it, or it waited too.
    return RunHealth.failed(earlier.state()) || earlier.inVain
        ? Optional.of(notThrough(earlier.messageId))
        : Optional.empty();
  }

  /** Why an item is left out that goes after this message. */
  static String notThrough(String messageId) {
    return "Message %s about the same business object goes before it and did not get through"
        .formatted(messageId);
  }

  /** Whether it is still to be looked at what other operations have to do before it goes. */
  boolean orderUnknown(Instant now) {
    return state() == ItemState.PLANNED
        && known().value().message().objectKey() != null
        && !now.isBefore(notBefore)
        && inOrderSince.isBefore(now.minus(ORDER_HOLDS));
  }

  /** Nothing of another operation goes before it, as far as a search shows. */
  void inOrder(Instant now) {
    inOrderSince = now;
  }

  /** Whether it is still to be looked at which earlier messages there are before it goes. */
  boolean earlierUnknown(Instant now) {
    return state() == ItemState.PLANNED
        && known().value().message().objectKey() != null
        && earlierSince.isBefore(now.minus(ORDER_HOLDS));
  }

  /** These are the earlier messages about its object that may have failed, as a search shows. */
  void earlierAre(EarlierOnes ones, Instant now) {
    earlier = ones;
    earlierSince = now;
  }

  /** The earlier messages about its object that have to be looked at before it goes. */
  EarlierOnes earlier() {
    return earlier;
  }

  /** Whether a request is to go out for it now. */
  boolean dispatchDue(String dispatcher, Instant now) {
    RecoveryItem item = known().value();
    if (leftAloneAt(now) || item.heldByAnother(dispatcher, now)) {
      return false;
    }
    return item.state() == ItemState.PLANNED
        || (item.state() == ItemState.CLAIMED
            && (item.nextTryAt() == null || !now.isBefore(item.nextTryAt())));
  }

  /** Whether its message is to be looked at now. */
  boolean followDue(Instant now) {
    RecoveryItem item = known().value();
    return item.deadline() != null
        && (item.state() == ItemState.SENT || item.state() == ItemState.CLAIMED)
        && !now.isBefore(lookAt);
  }

  /** It was looked at; the longer it takes, the less often it is looked at. */
  void lookedAt(Instant now, Duration every) {
    Instant sentAt = known().value().sentAt();
    Duration age = sentAt == null ? Duration.ZERO : Duration.between(sentAt, now);
    int times = age.compareTo(SOON) < 0 ? 1 : age.compareTo(LATER) < 0 ? 3 : 10;
    lookAt = now.plus(every.multipliedBy(times));
  }
}
