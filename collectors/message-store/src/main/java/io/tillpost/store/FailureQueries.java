package io.tillpost.store;

import io.tillpost.failure.Failure;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.MessageId;
import io.tillpost.message.MoneySum;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Groups the open failures into exceptions: by fingerprint, and as people put them together or took
 * them apart ({@link Grouping}). Every failed message is in exactly one. Counts are queries, never
 * counters. An exception that was merged stands for the one in which it is.
 */
public interface FailureQueries {
  /** How failures are put together by hand; as it is now. */
  Grouping grouping();

  /** What of an exception a condition holds for, added up; empty for no message. */
  Optional<Group> part(Fingerprint exception, SplitCondition condition);

  /**
   * The groups that match, by number of messages, most first; at most {@code limit} (1 to 10,000).
   */
  List<Group> groups(FailureFilter filter, int limit);

  /**
   * Hands over all groups, each once, in parts of at most {@code part} (1 to 10,000), in any order.
   * A group that comes into being or to its end meanwhile is in one of them or not.
   */
  void eachGroup(int part, Consumer<List<Group>> each);

  /** Those of these exceptions, up to 10,000, that have failed messages now. */
  Set<Fingerprint> failing(Set<Fingerprint> exceptions);

  /** The exception of this name; empty once none of its messages is failed any more. */
  Optional<Group> group(Fingerprint exception);

  /**
   * New failures of the group by step of the window, oldest first: when its open messages failed.
   *
   * @param step whole milliseconds; {@code from} is aligned down to it
   */
  default List<Point> history(Fingerprint fingerprint, Instant from, Instant to, Duration step) {
    return Objects.requireNonNull(
        histories(Set.of(fingerprint), from, to, step).get(fingerprint), "asked for");
  }

  /**
   * {@link #history} of several groups at once; each of them is in the answer, zeros where nothing
   * failed.
   *
   * @param fingerprints up to 10,000
   */
  Map<Fingerprint, List<Point>> histories(
      Set<Fingerprint> fingerprints, Instant from, Instant to, Duration step);

  /** The stores of the group with the most messages first; at most {@code limit} (1 to 10,000). */
  List<StoreCount> stores(Fingerprint fingerprint, int limit);

  /**
   * Which failures. Everything given must hold; an empty set or null asks for nothing.
   *
   * @param keys each of these keys has exactly this value, like {@code sku} and {@code A-100}
   * @param text a word of the failure's code or text, or a key's value as in {@link
   *     MessageQuery#text}
   */
  record FailureFilter(
      Set<String> workflows,
      Set<String> targets,
      Set<String> storeIds,
      Map<String, String> keys,
      @Nullable String text) {
    /** All failures. */
    public static final FailureFilter ALL =
        new FailureFilter(Set.of(), Set.of(), Set.of(), Map.of(), null);

    public FailureFilter {
      workflows = Set.copyOf(workflows);
      targets = Set.copyOf(targets);
      storeIds = Set.copyOf(storeIds);
      keys = Map.copyOf(keys);
    }
  }

  /**
   * Failed and dead-lettered messages of one exception.
   *
   * @param fingerprint names the exception
   * @param workflow of the message that stands for them; where people merged, others may have
   *     others
   * @param target likewise
   * @param sample its failure, as its reporting system told it
   * @param sampleMessage the message that stands for them: the newest with the fingerprint of the
   *     exception, else the newest
   * @param messages how many
   * @param stores how many different stores; exact up to about 3,000
   * @param money behind them
   * @param oldest the earliest capture time
   * @param firstFailed when the first of them failed
   * @param lastFailed when the last of them failed
   */
  record Group(
      Fingerprint fingerprint,
      String workflow,
      @Nullable String target,
      Failure sample,
      MessageId sampleMessage,
      long messages,
      long stores,
      MoneySum money,
      Instant oldest,
      Instant firstFailed,
      Instant lastFailed) {}

  /** How many messages of a group one store has. */
  record StoreCount(String storeId, long messages, MoneySum money) {}
}
