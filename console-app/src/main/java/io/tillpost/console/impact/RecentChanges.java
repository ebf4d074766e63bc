package io.tillpost.console.impact;

import io.tillpost.console.text.CountText;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What changed lately, from all there is to tell of. */
final class RecentChanges {
  static final Duration LATELY = Duration.ofMinutes(30);
  static final int MOST = 12;

  private RecentChanges() {}

  /**
   * The latest changes, newest first.
   *
   * @param open the exceptions with failed messages
   * @param others of other kinds, in any order
   */
  static List<Change> of(List<OpenException> open, List<Change> others, Instant now) {
    Stream<Change> exceptions = open.stream().map(RecentChanges::isNew);
    return Stream.concat(exceptions, others.stream())
        .filter(change -> !change.at().isBefore(now.minus(LATELY)))
        .sorted(
            Comparator.comparing(Change::at)
                .reversed()
                .thenComparing(Change::better)
                .thenComparing(Change::text))
        .limit(MOST)
        .toList();
  }

  private static Change isNew(OpenException exception) {
    String text =
        "New exception: %s — %s at %s"
            .formatted(
                exception.title(),
                CountText.of(exception.messages(), "message"),
                CountText.of(exception.stores(), "store"));
    return new Change(exception.firstFailed(), text, false, "exceptions/" + exception.id());
  }
}
