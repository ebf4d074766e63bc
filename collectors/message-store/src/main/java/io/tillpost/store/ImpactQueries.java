package io.tillpost.store;

import io.tillpost.message.MoneySum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what stuck messages mean for the business. A message <em>needs attention</em> from the
 * moment it first fails or is overdue, whichever comes first, until it is finished.
 */
public interface ImpactQueries {
  /**
   * What needs attention at that moment, a row for each workflow, store and whether it failed; in
   * no order.
   *
   * @param workflows only these; empty for all
   */
  List<Slice> attention(Instant now, Set<String> workflows);

  /**
   * How many messages needed attention at the end of each step of the window, oldest first. The
   * last step ends at {@code to}, even if that cuts it short.
   *
   * @param workflows only these; empty for all
   * @param step at least a minute, whole milliseconds; {@code from} is aligned down to it
   */
  default List<Point> trend(Set<String> workflows, Instant from, Instant to, Duration step) {
    return trends(List.of(workflows), from, to, step).getFirst();
  }

  /**
   * {@link #trend} for several sets of workflows at once, in their order; a workflow may be in more
   * than one.
   */
  List<List<Point>> trends(List<Set<String>> sets, Instant from, Instant to, Duration step);

  /** How each workflow kept its objective for the messages that became due within the window. */
  List<Kept> kept(Instant from, Instant to);

  /**
   * When each store was last heard of, by store id: the capture time of its newest message, among
   * messages captured since then. What happens to a message later is not the store speaking.
   */
  Map<String, Instant> lastHeard(Instant since);

  /**
   * Messages that need attention, of one workflow and store.
   *
   * @param storeId null for messages without a store
   * @param failed whether these are failed or dead-lettered; otherwise they are in flight and
   *     overdue
   * @param reachedMiddleware whether these were at least received by the middleware; otherwise they
   *     are still at the store
   * @param count how many
   * @param money behind them
   * @param oldest the earliest capture time
   */
  record Slice(
      String workflow,
      @Nullable String storeId,
      boolean failed,
      boolean reachedMiddleware,
      long count,
      MoneySum money,
      Instant oldest) {}

  /** A number of messages at a moment. */
  record Point(Instant time, long count) {}

  /**
   * How an objective was kept.
   *
   * @param due messages that became due in the window
   * @param inTime how many of them were finished by then; what was discarded is not among them
   * @param open how many of them are still not finished
   */
  record Kept(String workflow, long due, long inTime, long open) {}
}
