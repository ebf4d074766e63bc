package io.tillpost.recovery;

import java.time.Instant;

/**
 * Which dispatcher runs an operation, so that two consoles do not do the same work. It saves work;
 * what keeps an attempt from being dispatched twice is the claim and the version of the item.
 *
 * @param holder names the dispatcher
 * @param until when it runs out unless it is renewed
 */
public record OperationLease(String holder, Instant until) {
  /** Whether somebody else has it at that moment. */
  public boolean heldByAnother(String me, Instant now) {
    return !holder.equals(me) && now.isBefore(until);
  }
}
