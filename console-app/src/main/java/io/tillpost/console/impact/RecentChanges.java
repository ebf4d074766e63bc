package io.tillpost.console.impact;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What changed lately, from the exceptions that are new. */
final class RecentChanges {
  private static final Duration LATELY = Duration.ofMinutes(30);
  private static final int MOST = 12;

  private RecentChanges() {}

  static List<Change> of(List<OpenException> open, Instant now) {
    return open.stream()
        .filter(exception -> !exception.firstFailed().isBefore(now.minus(LATELY)))
        .map(RecentChanges::isNew)
        .sorted(Comparator.comparing(Change::at).reversed())
        .limit(MOST)
        .toList();
  }

  private static Change isNew(OpenException exception) {
    String text =
        "New exception: %s — %,d %s at %,d %s"
            .formatted(
                exception.title(),
                exception.messages(),
                exception.messages() == 1 ? "message" : "messages",
                exception.stores(),
                exception.stores() == 1 ? "store" : "stores");
    return new Change(exception.firstFailed(), text, false, "exceptions/" + exception.id());
  }
}
