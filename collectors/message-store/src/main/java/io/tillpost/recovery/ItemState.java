package io.tillpost.recovery;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What has become of one message of a recovery operation. */
public enum ItemState {
  /** On the frozen list; nothing was dispatched. */
  PLANNED,
  /** This operation alone may make the attempt; the request is on its way or is sent again. */
  CLAIMED,
  /** The middleware took the request. Not done: that is for the message events to say. */
  SENT,
  /** The target has the message. */
  CONFIRMED,
  /** The attempt failed again. */
  FAILED,
  /** Nobody said within the time what became of the attempt; it may still be confirmed. */
  UNCONFIRMED,
  /** Not dispatched, for a reason that is given. */
  SKIPPED,
  /** The middleware refused the content. */
  REFUSED,
  /** The target had it before this attempt. */
  ALREADY_DONE,
  /** It was discarded: nobody waits for it any more. */
  DISCARDED,
  /** The discard was taken back: it stands as it did before. */
  RESTORED,
  /** The middleware did not understand or allow the request; it is not sent again. */
  REJECTED;

  /** Whether the operation has still to do something for it. */
  public boolean open() {
    return this == PLANNED || this == CLAIMED || this == SENT;
  }

  /** The names of all states that are open, as they are kept. */
  public static Set<String> openNames() {
    return Arrays.stream(values())
        .filter(ItemState::open)
        .map(ItemState::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
