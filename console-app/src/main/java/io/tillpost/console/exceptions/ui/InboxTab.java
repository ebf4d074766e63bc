package io.tillpost.console.exceptions.ui;

import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.MyTeams;
import io.tillpost.console.security.Teams;
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
  /** What has to be dealt with by the teams of the person who looks. */
  MY_TEAMS("My teams", "No exception is of your teams."),
  /** What became worse although somebody saw it. */
  ESCALATING("Escalating", "No exception escalates."),
  /** What was resolved and came back. */
  REGRESSED("Regressed", "No resolved exception came back."),
  /** What may wait until it becomes worse. */
  IGNORED("Ignored", "No exception is ignored."),
  /** Everything. */
  ALL("All", "No message is failed. This list fills by itself as soon as one is.");

  private static final String NO_MATCH = "No exception matches. Take a filter away.";

  private final String title;
  private final String empty;

  InboxTab(String title, String empty) {
    this.title = title;
    this.empty = empty;
  }

  String title() {
    return title;
  }

  /**
   * What to say where there is none.
   *
   * @param teams whether any are configured
   */
  static String empty(ExceptionFilter filter, MyTeams mine, Teams teams) {
    if (filter.asksForMyTeams() && mine.teams().isEmpty()) {
      return teams.isEmpty()
          ? "No team has members yet, so none is yours. Who administers Tillpost names teams in the"
              + " users file."
          : "You are in no team, so no exception is of your teams. Who administers Tillpost puts"
              + " people into teams in the users file.";
    }
    return filter.withoutTriage().equals(ExceptionFilter.ALL)
        ? of(filter, mine.login()).map(tab -> tab.empty).orElse(NO_MATCH)
        : NO_MATCH;
  }

  /** The same filter, but for this tab. */
  ExceptionFilter applyTo(ExceptionFilter filter, String me) {
    return filter.with(f -> f.statuses(statuses()).assignee(assignee(me)).team(team(filter)));
  }

  /**
   * The tab of a filter; empty where its statuses and assignee are those of none. One that asks for
   * the statuses of a tab among those of one's teams is of that tab.
   */
  static Optional<InboxTab> of(ExceptionFilter filter, String me) {
    ExceptionFilter anybodys = filter.with(f -> f.team(null));
    return Stream.of(values())
        .filter(
            tab ->
                tab.applyTo(filter, me).equals(filter)
                    || (filter.asksForMyTeams()
                        && tab != ALL
                        && tab.applyTo(anybodys, me).equals(anybodys)))
        .findFirst();
  }

  private @Nullable String team(ExceptionFilter filter) {
    if (this == MY_TEAMS) {
      return ExceptionFilter.MY_TEAMS;
    }
    return filter.asksForMyTeams() ? null : filter.team();
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
      case MINE, MY_TEAMS, ALL -> Set.of();
    };
  }

  private @Nullable String assignee(String me) {
    return this == MINE ? me : null;
  }
}
