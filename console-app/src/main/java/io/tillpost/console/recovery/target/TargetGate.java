package io.tillpost.console.recovery.target;

import io.tillpost.console.recovery.TargetProperties;
import io.tillpost.recovery.TargetFreeze;
import io.tillpost.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lets messages to one target through, over all operations: so many a second, so many at a time,
 * and none in a freeze or a maintenance window.
 */
public final class TargetGate {
  private final TargetProperties settings;
  private final TargetCalendar calendar;
  private final Function<Instant, Optional<TargetFreeze>> byHand;
  private final Semaphore places;
  private final Pulse pulse = new Pulse();

  /**
   * @param byHand the freeze by hand that holds at a moment; throws {@link
   *     StoreUnavailableException} where that cannot be told
   */
  TargetGate(
      TargetProperties settings,
      TargetCalendar calendar,
      Function<Instant, Optional<TargetFreeze>> byHand) {
    this.settings = settings;
    this.calendar = calendar;
    this.byHand = byHand;
    this.places = new Semaphore(settings.concurrency());
  }

  /** Messages a second at most. */
  public double rate() {
    return settings.rate();
  }

  /** Requests at the same time at most. */
  int concurrency() {
    return settings.concurrency();
  }

  /**
   * Everything that closes it at this moment, what ends last first; empty while messages may go.
   *
   * @throws StoreUnavailableException where it cannot be told whether somebody froze it
   */
  List<TargetClosed> closings(Instant now) {
    return closings(now, byHand.apply(now));
  }

  /** The same with a freeze by hand that was just read. */
  List<TargetClosed> closings(Instant now, Optional<TargetFreeze> freeze) {
    return Stream.concat(freeze.map(TargetClosed::of).stream(), calendar.at(now).stream())
        .sorted(Comparator.comparing(TargetClosed::end).reversed())
        .toList();
  }

  /** Of {@link #closings} the one that ends last. */
  public Optional<TargetClosed> closed(Instant now) {
    return closings(now).stream().findFirst();
  }

  /**
   * Takes a place; false where there is none now. Who takes one gives it back.
   *
   * @throws StoreUnavailableException where it cannot be told whether somebody froze it; no place
   *     is taken then
   */
  public boolean enter(Instant now) {
    // Asked for outside of the lock: a storage that is slow must not hold up who only leaves.
    return closed(now).isEmpty() && take(now);
  }

  private synchronized boolean take(Instant now) {
    if (!pulse.ready(now) || !places.tryAcquire()) {
      return false;
    }
    pulse.beat(now, settings.rate());
    return true;
  }

  /** Gives the place back. */
  public void leave() {
    places.release();
  }
}
