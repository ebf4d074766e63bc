package io.tillpost.console.exceptions.ui;

import io.tillpost.failure.Fingerprint;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which exceptions are selected, each by itself, all at once, or from one row to another. */
final class PickedExceptions {
  private final Set<Fingerprint> picked = new LinkedHashSet<>();
  private boolean all;
  private @Nullable Range range;

  /**
   * Rows in a row that grow and shrink at one end.
   *
   * @param end the row where it was left
   * @param before what was selected besides
   */
  private record Range(Fingerprint anchor, Fingerprint end, Set<Fingerprint> before) {}

  /** Those that are selected, in the order in which they were; also ones not listed any more. */
  Set<Fingerprint> all() {
    return Collections.unmodifiableSet(picked);
  }

  /** Whether these are all that were listed at one moment, and nobody chose otherwise since. */
  boolean isAll() {
    return all;
  }

  /** How many of those that are selected are not among these. */
  long outside(List<Fingerprint> listed) {
    return picked.stream().filter(one -> !listed.contains(one)).count();
  }

  /** Selects it, or no longer. */
  void toggle(Fingerprint one) {
    all = false;
    range = null;
    if (!picked.remove(one)) {
      picked.add(one);
    }
  }

  /**
   * Selects from one row to another. Where the last such step ended at {@code from}, the rows of
   * both steps are one range: it grows, or shrinks where it goes back.
   *
   * @param listed the rows as they are now
   * @param from the row that one stands on; null, or one that is not listed, begins at {@code to}
   * @param to one of the rows
   */
  void extend(List<Fingerprint> listed, @Nullable Fingerprint from, Fingerprint to) {
    Range known = range;
    Range grown =
        known != null && known.end().equals(from) && listed.contains(known.anchor())
            ? new Range(known.anchor(), to, known.before())
            : new Range(
                from != null && listed.contains(from) ? from : to, to, new LinkedHashSet<>(picked));
    int anchor = listed.indexOf(grown.anchor());
    int end = listed.indexOf(to);
    all = false;
    picked.clear();
    picked.addAll(grown.before());
    picked.addAll(listed.subList(Math.min(anchor, end), Math.max(anchor, end) + 1));
    range = grown;
  }

  /** Selects these; what is listed later is not. */
  void pickAll(List<Fingerprint> listed) {
    // Those of another list that were selected before stay so, and then these are not all.
    all = outside(listed) == 0;
    range = null;
    picked.addAll(listed);
  }

  /** Another list is going to be shown: what is selected stays so, but is not all of that one. */
  void otherList() {
    all = false;
    range = null;
  }

  /** Selects none but those of these that are selected. */
  void keep(Collection<Fingerprint> some) {
    all = false;
    range = null;
    picked.retainAll(Set.copyOf(some));
  }

  void clear() {
    all = false;
    range = null;
    picked.clear();
  }
}
