package io.tillpost.console.exceptions;

import io.tillpost.console.retention.OldData;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.RegroupStep;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.GroupingStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forgets splits that have long been of no use: nothing of the part has failed or was done for so
 * long, or it was put back that long ago. What fails like it later belongs to the whole again. Both
 * exceptions keep their history, which says so.
 */
final class OldSplits implements OldData {
  private final GroupingStore groupings;
  private final TriageRecords records;
  private final FailureQueries failures;
  private final Clock clock;

  OldSplits(GroupingStore groupings, TriageRecords records, FailureQueries failures, Clock clock) {
    this.groupings = groupings;
    this.records = records;
    this.failures = failures;
    this.clock = clock;
  }

  @Override
  public Kept kept() {
    return Kept.SPLITS;
  }

  @Override
  public void drop(Instant before) {
    for (ExceptionSplit split : groupings.current().splits()) {
      if (split.at().isBefore(before)) {
        forget(split, before);
      }
    }
  }

  private void forget(ExceptionSplit split, Instant before) {
    // Asked before the change, which may be tried several times; what fails meanwhile goes back.
    boolean quiet = isQuiet(split.part(), before);
    groupings.change(
        grouping -> {
          Optional<ExceptionMerge> back = grouping.mergeOf(split.part());
          boolean useless =
              back.map(merge -> merge.at().isBefore(before))
                  .orElseGet(() -> quiet && grouping.root(split.part()).equals(split.part()));
          return useless && grouping.splits().contains(split) && grouping.isPlain(split)
              ? Optional.of(grouping.forgotten(split, steps(grouping, split)))
              : Optional.empty();
        });
  }

  private boolean isQuiet(Fingerprint part, Instant before) {
    ExceptionGroup record = records.get(part);
    return record.status() != ExceptionStatus.RECOVERING
        && (record.history().isEmpty() || record.history().getLast().at().isBefore(before))
        && failures.group(part).isEmpty();
  }

  private List<RegroupStep> steps(Grouping grouping, ExceptionSplit split) {
    Instant now = clock.instant();
    String words = split.condition().words();
    List<RegroupStep> steps = new ArrayList<>();
    steps.add(
        step(
            split.part(),
            now,
            "is split off no longer, because nothing of it failed for so long: " + words,
            split.fromTitle() + " · " + words));
    if (grouping.mergeOf(split.from()).isEmpty()) {
      steps.add(
          step(
              split.from(),
              now,
              "takes in again what was split off, because nothing of that failed for so long: "
                  + words,
              split.fromTitle()));
    }
    return steps;
  }

  /** Of the events the one that changes nothing but for a part that was put back. */
  private static RegroupStep step(Fingerprint exception, Instant now, String what, String title) {
    return new RegroupStep(
        exception, ExceptionEvent.TAKEN_APART, now, null, what, title, null, null, null);
  }
}
