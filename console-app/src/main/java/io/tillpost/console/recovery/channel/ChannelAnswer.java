package io.tillpost.console.recovery.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a recovery channel said to a request. */
public sealed interface ChannelAnswer {
  /** It took the request. */
  record Taken() implements ChannelAnswer {}

  /** The target has the message already. */
  record AlreadyDone(String reason) implements ChannelAnswer {}

  /** It refused the content. */
  record Refused(String reason) implements ChannelAnswer {}

  /** It will never take this request. */
  record Rejected(String reason) implements ChannelAnswer {}

  /**
   * It took nothing and wants to be asked later.
   *
   * @param after the time it asked for, or null where it did not say
   */
  record SlowDown(@Nullable Duration after, String reason) implements ChannelAnswer {}

  /** No connection came about, so nothing was taken. */
  record NotReached(String reason) implements ChannelAnswer {}

  /** Nobody knows whether it took the request. */
  record Unknown(String reason) implements ChannelAnswer {}
}
