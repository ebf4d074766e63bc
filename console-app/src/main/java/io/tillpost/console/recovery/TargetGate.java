package io.tillpost.console.recovery;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Lets messages to one target through, over all operations: so many a second, so many at a time,
 * and none in a freeze or a maintenance window.
 */
final class TargetGate {
  private final TargetProperties settings;
  private final TargetCalendar calendar;
  private final Semaphore places;
  private final Pulse pulse = new Pulse();

  TargetGate(TargetProperties settings, TargetCalendar calendar) {
    this.settings = settings;
    this.calendar = calendar;
    this.places = new Semaphore(settings.concurrency());
  }

  /** Messages a second at most. */
  double rate() {
    return settings.rate();
  }

  /** The window in which this moment lies; empty while messages may go. */
  Optional<TargetCalendar.Window> closed(Instant now) {
    return calendar.at(now);
  }

  /** Takes a place; false where there is none now. Who takes one gives it back. */
  synchronized boolean enter(Instant now) {
    if (!pulse.ready(now) || closed(now).isPresent() || !places.tryAcquire()) {
      return false;
    }
    pulse.beat(now, settings.rate());
    return true;
  }

  /** Gives the place back. */
  void leave() {
    places.release();
  }
}
