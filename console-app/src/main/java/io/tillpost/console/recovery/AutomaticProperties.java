package io.tillpost.console.recovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.recovery.automatic.<class>}: when messages that failed for something
 * of this class are retried although nobody asked for it.
 *
 * @param delay from a failure until the first automatic retry
 * @param backOff how many times longer the pause is after each further one
 * @param longestDelay the longest pause
 * @param atMost how often one message is retried so, ever; 1 to 20
 * @param jitter each pause is longer by up to so many percent, so that what failed together does
 *     not come back together
 * @param targets only messages to these; all if empty
 */
public record AutomaticProperties(
    @DefaultValue("2m") Duration delay,
    @DefaultValue("2") double backOff,
    @DefaultValue("1h") Duration longestDelay,
    @DefaultValue("3") int atMost,
    @DefaultValue("20") int jitter,
    @DefaultValue Set<String> targets) {
  private static final int MOST_ATTEMPTS = 20;
  private static final int PERCENT = 100;
  private static final Duration SHORTEST_GATHERING = Duration.ofSeconds(5);

  public AutomaticProperties {
    targets = Set.copyOf(targets);
    require(delay.isPositive(), "delay is positive");
    require(backOff >= 1 && backOff <= 10, "back-off is 1 to 10");
    require(longestDelay.compareTo(delay) >= 0, "longest-delay is not less than delay");
    require(atMost >= 1 && atMost <= MOST_ATTEMPTS, "at-most is 1 to 20");
    require(jitter >= 0 && jitter <= PERCENT, "jitter is 0 to 100 percent");
  }

  /** Whether it is for messages to that target; null for one that no event has said. */
  public boolean isFor(@Nullable String target) {
    return targets.isEmpty() || (target != null && targets.contains(target));
  }

  /**
   * The pause before the next automatic retry, without jitter.
   *
   * @param made how many there were
   */
  public Duration pause(int made) {
    double grown = (double) delay.toMillis() * Math.pow(backOff, made);
    return Duration.ofMillis((long) Math.min(grown, (double) longestDelay.toMillis()));
  }

  /**
   * The pause before the next automatic retry of a message, with its jitter: the same one on every
   * console and after every crash.
   */
  public Duration pause(int made, String messageId) {
    CRC32 checksum = new CRC32();
    checksum.update((messageId + ":" + made).getBytes(StandardCharsets.UTF_8));
    long whole = pause(made).toMillis();
    long longest = whole * jitter / PERCENT;
    return Duration.ofMillis(whole + checksum.getValue() % (longest + 1));
  }

  /**
   * For how long messages of an exception gather between two of its operations, so that there is
   * not one for each message.
   */
  public Duration gathering() {
    Duration half = delay.dividedBy(2);
    return half.compareTo(SHORTEST_GATHERING) > 0 ? half : SHORTEST_GATHERING;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("tillpost.recovery.automatic: " + rule);
    }
  }
}
