package io.tillpost.estate.trouble;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a trouble script. Times are relative to the anchor: the moment the estate first went
 * live.
 *
 * @param name how it is called at the control endpoint
 * @param what one sentence for people
 * @param effect what it does
 * @param stores which stores it hits
 * @param windows when it happens, once each
 * @param repeat when it happens again and again after the anchor, or null
 * @param daily when it happens every day, or null
 * @param always whether it never stops by itself
 * @param probability how many of the messages it could hit it does hit
 * @param redriveAfter when the middleware itself tries failed messages again if nobody did and the
 *     cause is gone; null for never
 * @param failure what the system says, or null where nothing fails
 */
public record Trouble(
    String name,
    String what,
    Effect effect,
    Choice stores,
    List<Window> windows,
    @Nullable Repeat repeat,
    @Nullable Daily daily,
    boolean always,
    double probability,
    @Nullable Duration redriveAfter,
    @Nullable FailureText failure) {

  /** Fills in what a script may leave out. */
  public Trouble {
    Objects.requireNonNull(name);
    Objects.requireNonNull(effect);
    Objects.requireNonNull(stores);
    windows = windows == null ? List.of() : List.copyOf(windows);
  }

  /** How stores are chosen. */
  public enum By {
    RANDOM,
    /** Those with most customers at the anchor. */
    BUSIEST,
    /** Those of a region first. */
    REGION
  }

  /**
   * Which stores it hits.
   *
   * @param share of all stores, at least one store
   * @param choice how they are chosen
   * @param region for {@link By#REGION}
   */
  public record Choice(double share, By choice, @Nullable String region) {}

  /**
   * Once.
   *
   * @param from relative to the anchor
   * @param to relative to the anchor, exclusive
   * @param leastSalesPerEstateStore begins earlier (by up to 16 hours) so that the stores it hits
   *     may be expected to sell this often, per store of the estate; 0 for no such wish
   * @param extraTransactionsPerHour extra customers in the stores it hits, up to the anchor
   */
  public record Window(
      Duration from,
      Duration to,
      double leastSalesPerEstateStore,
      double extraTransactionsPerHour) {}

  /**
   * Again and again: for {@code length} from {@code first} after the anchor and each {@code every}.
   */
  public record Repeat(Duration first, Duration every, Duration length) {}

  /** Every day at a time of a zone, before and after the anchor. */
  public record Daily(LocalTime at, Duration length, ZoneId zone) {}
}
