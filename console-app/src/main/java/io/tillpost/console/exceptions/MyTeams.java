package io.tillpost.console.exceptions;

import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import java.util.List;

/**
 * The teams of one person.
 *
 * @param login the user name
 * @param teams those that they are in; empty where they are in none
 */
public record MyTeams(String login, List<Team> teams) {
  public MyTeams {
    teams = List.copyOf(teams);
  }

  /** Those of this person. */
  public static MyTeams of(String login, Teams all) {
    return new MyTeams(login, all.of(login));
  }

  /** Whether one of them has the exception, or is asked for something in a comment. */
  public boolean have(ExceptionSummary summary) {
    String team = summary.team();
    return (team != null && teams.stream().anyMatch(one -> one.isCalled(team)))
        || areAsked(summary);
  }

  /** Whether a comment by somebody else asks one of them and nobody of it has acted since. */
  public boolean areAsked(ExceptionSummary summary) {
    return teams.stream()
        .anyMatch(team -> !TeamMentions.waiting(summary.triage(), team, login).isEmpty());
  }
}
