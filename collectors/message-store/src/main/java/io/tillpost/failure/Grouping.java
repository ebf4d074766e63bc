package io.tillpost.failure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How failures were put together and taken apart by hand. Without it a failure belongs to the
 * exception that its fingerprint names. With it, it goes on from there: where a part was split off
 * whose condition holds, into that part; else where the exception was merged, into the other one;
 * and so on until it goes no further. So every failure belongs to exactly one exception.
 *
 * <p>A part that was merged back into where it came from is met again on this way; it is passed
 * then, so that putting back is a merge like any other and can be taken apart again.
 *
 * @param merges each exception stands in one of them at most as the one that went; they make no
 *     circle
 * @param splits oldest first; of two whose conditions hold the older one counts
 * @param untold what the exceptions concerned have still to be told, oldest first
 */
public record Grouping(
    List<ExceptionMerge> merges, List<ExceptionSplit> splits, List<RegroupStep> untold) {
  /** How many merges and splits together there may be. */
  public static final int MOST = 1_000;

  /** How many conditions all {@link #shares} together may have: every list asks for them. */
  public static final int MOST_CONDITIONS = 250;

  /** Nobody ever did anything: exceptions go by fingerprint. */
  public static final Grouping NONE = new Grouping(List.of(), List.of(), List.of());

  public Grouping {
    merges = List.copyOf(merges);
    splits = List.copyOf(splits);
    untold = List.copyOf(untold);
  }

  /** The exception in which this one is by now; itself where it was not merged. */
  public Fingerprint root(Fingerprint exception) {
    Fingerprint at = exception;
    for (Optional<ExceptionMerge> merge = mergeOf(at); merge.isPresent(); merge = mergeOf(at)) {
      at = merge.get().into();
    }
    return at;
  }

  /** How this exception went into another one; empty where it did not. */
  public Optional<ExceptionMerge> mergeOf(Fingerprint exception) {
    return merges.stream().filter(merge -> merge.from().equals(exception)).findFirst();
  }

  /** How this exception was split off; empty where it was not. */
  public Optional<ExceptionSplit> splitOf(Fingerprint exception) {
    return splits.stream().filter(split -> split.part().equals(exception)).findFirst();
  }

  /** All merges by which messages are in this exception, oldest first. */
  public List<ExceptionMerge> mergesIn(Fingerprint exception) {
    return merges.stream().filter(merge -> root(merge.from()).equals(exception)).toList();
  }

  /** The parts that were split off this exception and were not put back, oldest first. */
  public List<ExceptionSplit> splitsOf(Fingerprint exception) {
    Set<Fingerprint> members = members(exception);
    return splits.stream()
        .filter(split -> members.contains(split.from()) && !members.contains(split.part()))
        .toList();
  }

  /** The exception and all that went into it. */
  public Set<Fingerprint> members(Fingerprint exception) {
    Set<Fingerprint> members = new LinkedHashSet<>(Set.of(exception));
    mergesIn(exception).forEach(merge -> members.add(merge.from()));
    return members;
  }

  /** The fingerprint after which the exception is called: of a part that of the whole. */
  public Fingerprint leading(Fingerprint exception) {
    Fingerprint at = exception;
    for (Optional<ExceptionSplit> split = splitOf(at); split.isPresent(); split = splitOf(at)) {
      at = split.get().from();
    }
    return at;
  }

  /**
   * The exception to which a failure belongs.
   *
   * @param failure its fingerprint
   * @param holds whether a condition holds for its message
   */
  public Fingerprint exceptionOf(Fingerprint failure, Predicate<SplitCondition> holds) {
    Set<Fingerprint> passed = new HashSet<>();
    Fingerprint at = failure;
    while (true) {
      Fingerprint next = next(at, passed, holds);
      if (next == null) {
        return at;
      }
      at = next;
    }
  }

  private @Nullable Fingerprint next(
      Fingerprint at, Set<Fingerprint> passed, Predicate<SplitCondition> holds) {
    for (ExceptionSplit split : splits) {
      if (split.from().equals(at)
          && !passed.contains(split.part())
          && holds.test(split.condition())) {
        passed.add(split.part());
        return split.part();
      }
    }
    return mergeOf(at).map(ExceptionMerge::into).orElse(null);
  }

  /** The fingerprints whose failures do not simply belong to the exception of that name. */
  public Set<Fingerprint> regrouped() {
    Set<Fingerprint> all = new LinkedHashSet<>();
    merges.forEach(merge -> all.addAll(List.of(merge.from(), merge.into())));
    splits.forEach(split -> all.add(split.from()));
    splits.forEach(split -> all.remove(split.part()));
    return all;
  }

  /**
   * Some of the failures with these fingerprints.
   *
   * @param exception to which they belong
   * @param with every one of these conditions holds
   * @param without none of these holds
   */
  public record Share(
      Fingerprint exception,
      Set<Fingerprint> fingerprints,
      List<SplitCondition> with,
      List<SplitCondition> without) {
    public Share {
      fingerprints = Set.copyOf(fingerprints);
      with = List.copyOf(with);
      without = List.copyOf(without);
    }
  }

  /**
   * {@link #exceptionOf} of all {@link #regrouped} fingerprints, as conditions: each of their
   * failures is in exactly one share.
   */
  public List<Share> shares() {
    Map<Share, Set<Fingerprint>> found = new LinkedHashMap<>();
    for (Fingerprint fingerprint : regrouped()) {
      walk(fingerprint, List.of(), List.of(), Set.of())
          .forEach(share -> found.computeIfAbsent(share, _ -> new HashSet<>()).add(fingerprint));
    }
    return found.entrySet().stream()
        .map(
            e ->
                new Share(
                    e.getKey().exception(), e.getValue(), e.getKey().with(), e.getKey().without()))
        .toList();
  }

  private List<Share> walk(
      Fingerprint at,
      List<SplitCondition> with,
      List<SplitCondition> without,
      Set<Fingerprint> passed) {
    List<Share> shares = new ArrayList<>();
    List<SplitCondition> not = new ArrayList<>(without);
    for (ExceptionSplit split : splits) {
      SplitCondition condition = split.condition();
      if (!split.from().equals(at)
          || passed.contains(split.part())
          || not.contains(condition)
          || with.stream().anyMatch(condition::excludes)
          || isPutBack(split)) {
        continue;
      }
      Set<Fingerprint> further = new HashSet<>(passed);
      further.add(split.part());
      if (with.contains(condition)) {
        shares.addAll(walk(split.part(), with, not, further));
        return shares;
      }
      List<SplitCondition> more = new ArrayList<>(with);
      more.add(condition);
      // What cannot hold anyway need not be asked.
      List<SplitCondition> less = not.stream().filter(n -> !condition.excludes(n)).toList();
      shares.addAll(walk(split.part(), more, less, further));
      not.add(condition);
    }
    Optional<ExceptionMerge> merge = mergeOf(at);
    if (merge.isPresent()) {
      shares.addAll(walk(merge.get().into(), with, not, passed));
    } else {
      shares.add(new Share(at, Set.of(), with, not));
    }
    return shares;
  }

  /** Whether its messages come back here at once, so that it need not be asked which they are. */
  private boolean isPutBack(ExceptionSplit split) {
    return mergeOf(split.part()).filter(merge -> merge.into().equals(split.from())).isPresent()
        && splits.stream().noneMatch(other -> other.from().equals(split.part()));
  }

  /**
   * The fingerprints of all failures that may belong to each of these exceptions; whether they do
   * is for the conditions to say. Each of the exceptions is in the answer.
   */
  public Map<Fingerprint, Set<Fingerprint>> failuresOf(Collection<Fingerprint> exceptions) {
    Set<Fingerprint> regrouped = regrouped();
    Map<Fingerprint, Set<Fingerprint>> failures = new HashMap<>();
    for (Fingerprint exception : exceptions) {
      // No failure is named after a part.
      boolean simple = !regrouped.contains(exception) && splitOf(exception).isEmpty();
      failures.put(exception, simple ? Set.of(exception) : Set.of());
    }
    for (Share share : regrouped.isEmpty() ? List.<Share>of() : shares()) {
      failures.computeIfPresent(
          share.exception(),
          (_, before) -> {
            Set<Fingerprint> all = new HashSet<>(before);
            all.addAll(share.fingerprints());
            return all;
          });
    }
    return failures;
  }

  /** Whether it has come to be more entangled than queries can tell quickly. */
  public boolean isTooEntangled() {
    return shares().stream().mapToInt(share -> share.with().size() + share.without().size()).sum()
        > MOST_CONDITIONS;
  }

  /** With these exceptions merged, and what they are to be told. */
  public Grouping merged(List<ExceptionMerge> more, List<RegroupStep> steps) {
    return new Grouping(plus(merges, more), splits, plus(untold, steps));
  }

  /** Without the merge of this exception: it is one of its own again. */
  public Grouping takenApart(Fingerprint exception, List<RegroupStep> steps) {
    return new Grouping(
        merges.stream().filter(merge -> !merge.from().equals(exception)).toList(),
        splits,
        plus(untold, steps));
  }

  /** With a part split off. */
  public Grouping split(ExceptionSplit split, List<RegroupStep> steps) {
    return new Grouping(merges, plus(splits, List.of(split)), plus(untold, steps));
  }

  /**
   * Whether a split can be forgotten without anything that was made of its part: it was not split
   * or merged further, but for having been put back.
   */
  public boolean isPlain(ExceptionSplit split) {
    return splits.stream().noneMatch(other -> other.from().equals(split.part()))
        && merges.stream()
            .noneMatch(
                merge ->
                    merge.into().equals(split.part())
                        || (merge.from().equals(split.part())
                            && !merge.into().equals(split.from())));
  }

  /** Without a split that is plain, and without the merge by which its part was put back. */
  public Grouping forgotten(ExceptionSplit split, List<RegroupStep> steps) {
    return new Grouping(
        merges.stream().filter(merge -> !merge.from().equals(split.part())).toList(),
        splits.stream().filter(other -> !other.equals(split)).toList(),
        plus(untold, steps));
  }

  /** The same once these steps were told. */
  public Grouping told(List<RegroupStep> steps) {
    List<RegroupStep> rest = new ArrayList<>(untold);
    rest.removeAll(steps);
    return new Grouping(merges, splits, rest);
  }

  /** Whether no more merges and splits can be kept than there are with so many more. */
  public boolean isFull(int more) {
    return merges.size() + splits.size() + more > MOST;
  }

  private static <T> List<T> plus(List<T> list, List<T> more) {
    List<T> all = new ArrayList<>(list);
    all.addAll(more);
    return all;
  }
}
