package io.tillpost.console.exceptions.ui;

import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.failure.ExceptionStatus;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A view of the inbox: which statuses, or whose. */
enum InboxTab {
  /** What somebody should look at, because nobody has since it came, came back or became worse. */
  REVIEW("For review", "Nothing waits for review."),
  /** What the person who looks has to deal with. */
  MINE("Mine", "No exception is yours. Press a on one to take it."),
  /** What became worse although somebody saw it. */
  ESCALATING("Escalating", "No exception escalates."),
  /** What was resolved and came back. */
  REGRESSED("Regressed", "No resolved exception came back."),
  /** What may wait until it becomes worse. */
  IGNORED("Ignored", "No exception is ignored."),
  /** Everything. */
  ALL("All", "No message is failed. This list fills by itself as soon as one is.");

  private final String title;
  private final String empty;

  InboxTab(String title, String empty) {
    this.title = title;
    this.empty = empty;
  }

  String title() {
    return title;
  }

  /** What to say where there is none. */
  String empty() {
    return empty;
  }

  /** The same filter, but for this tab. */
  ExceptionFilter applyTo(ExceptionFilter filter, String me) {
    return filter.with(f -> f.statuses(statuses()).assignee(assignee(me)));
  }

  /** The tab of a filter; empty where its statuses and assignee are those of none. */
  static Optional<InboxTab> of(ExceptionFilter filter, String me) {
    return Stream.of(values()).filter(tab -> tab.applyTo(filter, me).equals(filter)).findFirst();
  }

  private Set<ExceptionStatus> statuses() {
    return switch (this) {
      case REVIEW ->
          Stream.of(ExceptionStatus.values())
              .filter(ExceptionStatus::isForReview)
              .collect(Collectors.toSet());
      case ESCALATING -> Set.of(ExceptionStatus.ESCALATED);
      case REGRESSED -> Set.of(ExceptionStatus.REGRESSED);
      case IGNORED -> Set.of(ExceptionStatus.IGNORED);
      case MINE, ALL -> Set.of();
    };
  }

  private @Nullable String assignee(String me) {
    return this == MINE ? me : null;
  }
}
