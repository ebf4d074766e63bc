package io.tillpost.console.recovery.channel;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Lets requests to one channel through, over all operations of this console: so many at a time, and
 * none while the channel has asked for a pause or does not answer.
 */
public final class ChannelGate {
  private static final int TRIES_IN_VAIN = 3;
  private static final String NO_ANSWER = "does not answer and is tried again at";

  private final Semaphore places;
  private final BackOff backOff;
  private Instant closedUntil = Instant.MIN;
  private String why = "";
  private int inVain;

  public ChannelGate(int concurrency, BackOff backOff) {
    this.places = new Semaphore(concurrency);
    this.backOff = backOff;
  }

  /** Takes a place; false where there is none now. Who takes one gives it back. */
  public synchronized boolean enter(Instant now) {
    return !now.isBefore(closedUntil) && places.tryAcquire();
  }

  /** Gives the place back. */
  public void leave() {
    places.release();
  }

  /** When the gate opens again; in the past while it is open. */
  public synchronized Instant closedUntil() {
    return closedUntil;
  }

  /**
   * That it is closed.
   *
   * @param why what of the channel closed it, as words before the moment
   */
  public record Closed(Instant until, String why) {}

  /** Until when nothing goes through, and why; empty while it is open. */
  public synchronized Optional<Closed> closed(Instant now) {
    return now.isBefore(closedUntil) ? Optional.of(new Closed(closedUntil, why)) : Optional.empty();
  }

  /** Learns from an answer. */
  public synchronized void heard(ChannelAnswer answer, Instant now) {
    switch (answer) {
      case ChannelAnswer.SlowDown slow -> {
        inVain++;
        if (slow.after() == null) {
          closeUntil(now.plus(backOff.after(inVain)), "takes nothing now and is asked again at");
        } else {
          closeUntil(now.plus(slow.after()), "asked to wait until");
        }
      }
      case ChannelAnswer.NotReached _ -> {
        inVain++;
        closeUntil(now.plus(backOff.after(inVain)), NO_ANSWER);
      }
      case ChannelAnswer.Unknown _ -> {
        // One lost answer may be the message's own; several in a row are the channel's.
        inVain++;
        if (inVain >= TRIES_IN_VAIN) {
          closeUntil(now.plus(backOff.after(inVain - TRIES_IN_VAIN + 1)), NO_ANSWER);
        }
      }
      case ChannelAnswer.Taken _,
          ChannelAnswer.AlreadyDone _,
          ChannelAnswer.Refused _,
          ChannelAnswer.Rejected _ ->
          inVain = 0;
    }
  }

  private void closeUntil(Instant moment, String because) {
    if (moment.isAfter(closedUntil)) {
      closedUntil = moment;
      why = because;
    }
  }
}
