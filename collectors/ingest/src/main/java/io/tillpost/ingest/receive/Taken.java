package io.tillpost.ingest.receive;

import java.time.Duration;

/** What became of a request. */
public sealed interface Taken {
  /** Everything that can ever be accepted is durable. */
  record Durable() implements Taken {}

  /**
   * Nothing of it was taken; the sender should send all of it again.
   *
   * @param full whether the ingest log is full (429), or cannot work for now (503)
   * @param reason in words
   * @param retryAfter when to try again, different for each sender
   */
  record TurnedAway(boolean full, String reason, Duration retryAfter) implements Taken {}
}
