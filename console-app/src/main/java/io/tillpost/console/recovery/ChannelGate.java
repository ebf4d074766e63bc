package io.tillpost.console.recovery;

import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * Lets requests to one channel through, over all operations of this console: so many at a time, and
 * none while the channel has asked for a pause or does not answer.
 */
final class ChannelGate {
  private static final int TRIES_IN_VAIN = 3;

  private final Semaphore places;
  private final BackOff backOff;
  private Instant closedUntil = Instant.MIN;
  private int inVain;

  ChannelGate(int concurrency, BackOff backOff) {
    this.places = new Semaphore(concurrency);
    this.backOff = backOff;
  }

  /** Takes a place; false where there is none now. Who takes one gives it back. */
  synchronized boolean enter(Instant now) {
    return !now.isBefore(closedUntil) && places.tryAcquire();
  }

  /** Gives the place back. */
  void leave() {
    places.release();
  }

  /** When the gate opens again; in the past while it is open. */
  synchronized Instant closedUntil() {
    return closedUntil;
  }

  /** Learns from an answer. */
  synchronized void heard(ChannelAnswer answer, Instant now) {
    switch (answer) {
      case ChannelAnswer.SlowDown slow -> {
        inVain++;
        closeUntil(now.plus(slow.after() == null ? backOff.after(inVain) : slow.after()));
      }
      case ChannelAnswer.NotReached _ -> {
        inVain++;
        closeUntil(now.plus(backOff.after(inVain)));
      }
      case ChannelAnswer.Unknown _ -> {
        // One lost answer may be the message's own; several in a row are the channel's.
        inVain++;
        if (inVain >= TRIES_IN_VAIN) {
          closeUntil(now.plus(backOff.after(inVain - TRIES_IN_VAIN + 1)));
        }
      }
      case ChannelAnswer.Taken _,
          ChannelAnswer.AlreadyDone _,
          ChannelAnswer.Refused _,
          ChannelAnswer.Rejected _ ->
          inVain = 0;
    }
  }

  private void closeUntil(Instant moment) {
    if (moment.isAfter(closedUntil)) {
      closedUntil = moment;
    }
  }
}
