package io.tillpost.recovery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the list of an operation is prepared: first it is read which messages are on it, then it
 * is frozen.
 *
 * @param messages how many are to be frozen; while they are read, about how many
 * @param frozen how many are, at least
 * @param at when that was so; also a sign of life of who prepares it
 * @param read how many are read, at least; null once it is known which ones are on the list
 */
public record Preparation(int messages, int frozen, Instant at, @Nullable Integer read) {
  /** A list of so many, of which so many are frozen. */
  public Preparation(int messages, int frozen, Instant at) {
    this(messages, frozen, at, null);
  }

  /** A list of about so many, of which so many are read and none is frozen. */
  public static Preparation reading(int about, int read, Instant at) {
    return new Preparation(about, 0, at, read);
  }

  /** How many are done of what is being done. */
  public int done() {
    return read == null ? frozen : read;
  }
}
