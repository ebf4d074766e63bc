package io.tillpost.testing;

import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Merges, splits, puts back and takes apart at random, as people may. The same seed does the same.
 */
public final class RandomGroupings {
  private final Random random;
  private final List<Fingerprint> exceptions;
  private final List<SplitCondition> conditions;
  private Grouping grouping = Grouping.NONE;

  /** Begins with these exceptions, and splits by these conditions. */
  public RandomGroupings(
      long seed, Set<Fingerprint> fingerprints, List<SplitCondition> conditions) {
    random = new Random(seed);
    exceptions = new ArrayList<>(fingerprints.stream().sorted(this::byValue).toList());
    this.conditions = conditions;
  }

  private int byValue(Fingerprint one, Fingerprint other) {
    return one.value().compareTo(other.value());
  }

  /** The grouping after one more thing was done; sometimes it is one that may not be done. */
  public Grouping next() {
    Fingerprint one = oneOf(exceptions);
    switch (random.nextInt(5)) {
      case 0, 1 -> merge(one, oneOf(exceptions));
      case 2, 3 -> split(one);
      default -> grouping = grouping.takenApart(one, List.of());
    }
    return grouping;
  }

  private void merge(Fingerprint from, Fingerprint into) {
    boolean free =
        grouping.root(from).equals(from) && grouping.root(into).equals(into) && !from.equals(into);
    if (free) {
      grouping = grouping.merged(List.of(merge(from, into, "for a test")), List.of());
    }
  }

  private void split(Fingerprint from) {
    if (grouping.root(from).equals(from)) {
      Fingerprint part = new Fingerprint("%016x".formatted(0xff00L + exceptions.size()));
      exceptions.add(part);
      grouping = grouping.split(split(from, part, oneOf(conditions)), List.of());
    }
  }

  /** A merge by nobody in particular. */
  public static ExceptionMerge merge(Fingerprint from, Fingerprint into, String reason) {
    return new ExceptionMerge(from, into, "One", "Other", Samples.MORNING, "support", reason);
  }

  /** A split by nobody in particular. */
  public static ExceptionSplit split(Fingerprint from, Fingerprint part, SplitCondition condition) {
    return new ExceptionSplit(from, part, condition, "Whole", Samples.MORNING, "support", null);
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
