package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An item of a running operation, as this dispatcher knows it. One thread works on it at a time.
 */
final class OpenItem {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofMinutes(1);

  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Versioned<RecoveryItem> known;
  private volatile Instant notBefore = Instant.MIN;
  private volatile Instant lookAt = Instant.MIN;

  OpenItem(Versioned<RecoveryItem> known) {
    this.known = known;
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
