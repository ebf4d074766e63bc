package io.tillpost.console.recovery;

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

  /** For how long a look at other operations counts. */
  private static final Duration ORDER_HOLDS = Duration.ofSeconds(2);

  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Versioned<RecoveryItem> known;
  private volatile Instant notBefore = Instant.MIN;
  private volatile Instant lookAt = Instant.MIN;
  private volatile Instant inOrderSince = Instant.MIN;

  private final @Nullable OpenItem before;

  /**
   * @param before the one about the same business object that goes before it, or null
   */
  OpenItem(Versioned<RecoveryItem> known, @Nullable OpenItem before) {
    this.known = known;
    this.before = before;
  }

  Versioned<RecoveryItem> known() {
    return known;
  }

  void now(Versioned<RecoveryItem> item) {
    known = item;
  }

  boolean open() {
    return known.value().state().open();
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

  ItemState state() {
    return known.value().state();
  }

  /** Whether the one before it has still to come to its outcome. */
  boolean waitsForAnother() {
    return before != null && before.open();
  }

  /**
   * Why it must not go although nothing was dispatched for it: the one before it did not get
   * through. Empty if it may.
   */
  Optional<String> heldBack() {
    if (before == null || before.open() || state() != ItemState.PLANNED) {
      return Optional.empty();
    }
    return switch (before.state()) {
      case FAILED, REFUSED, REJECTED, UNCONFIRMED ->
          Optional.of(notThrough(before.known().value().messageId()));
      // What was skipped is through already, or somebody else takes care of it, or it waited too.
      case SKIPPED ->
          before.waitedInVain()
              ? Optional.of(notThrough(before.known().value().messageId()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether it was left out because of one before it that did not get through. */
  private boolean waitedInVain() {
    return before != null
        && state() == ItemState.SKIPPED
        && (RunHealth.failed(before.state()) || before.waitedInVain());
  }

  /** Why an item is left out that goes after this message. */
  static String notThrough(String messageId) {
    return "Message %s about the same business object goes before it and did not get through"
        .formatted(messageId);
  }

  /** Whether it is still to be looked at what other operations have to do before it goes. */
  boolean orderUnknown(Instant now) {
    return state() == ItemState.PLANNED
        && known.value().message().objectKey() != null
        && !now.isBefore(notBefore)
        && inOrderSince.isBefore(now.minus(ORDER_HOLDS));
  }

  /** Nothing of another operation goes before it, as far as a search shows. */
  void inOrder(Instant now) {
    inOrderSince = now;
  }

  /** Whether a request is to go out for it now. */
  boolean dispatchDue(String dispatcher, Instant now) {
    RecoveryItem item = known.value();
    if (now.isBefore(notBefore) || item.heldByAnother(dispatcher, now)) {
      return false;
    }
    return item.state() == ItemState.PLANNED
        || (item.state() == ItemState.CLAIMED
            && (item.nextTryAt() == null || !now.isBefore(item.nextTryAt())));
  }

  /** Whether its message is to be looked at now. */
  boolean followDue(Instant now) {
    RecoveryItem item = known.value();
    return item.deadline() != null
        && (item.state() == ItemState.SENT || item.state() == ItemState.CLAIMED)
        && !now.isBefore(lookAt);
  }

  /** It was looked at; the longer it takes, the less often it is looked at. */
  void lookedAt(Instant now, Duration every) {
    Instant sentAt = known.value().sentAt();
    Duration age = sentAt == null ? Duration.ZERO : Duration.between(sentAt, now);
    int times = age.compareTo(SOON) < 0 ? 1 : age.compareTo(LATER) < 0 ? 3 : 10;
    lookAt = now.plus(every.multipliedBy(times));
  }
}
