package io.tillpost.console.exceptions;

import io.tillpost.console.security.Team;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.TeamHandOver;
import io.tillpost.failure.TriageComment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What waits for a team: until one of its members does something about the exception. */
final class TeamMentions {
  private TeamMentions() {}

  /**
   * The comments that name the team, by others than this person, and that nobody of it answered.
   */
  static List<TriageComment> waiting(ExceptionGroup group, Team team, String notBy) {
    return group.comments().stream()
        .filter(comment -> !comment.author().equals(notBy) && comment.mentions(team.handle()))
        .filter(comment -> !hasActed(group, team, comment.author(), comment.at()))
        .toList();
  }

  /** The hand-over to the team by somebody else than this person, where nobody has taken it. */
  static Optional<TeamHandOver> given(ExceptionGroup group, Team team, String notBy) {
    TeamHandOver given = group.teamGiven();
    String has = group.team();
    if (given == null
        || has == null
        || !team.isCalled(has)
        || !team.isCalled(given.team())
        || group.assignee() != null
        || group.status() == ExceptionStatus.RESOLVED
        || group.status() == ExceptionStatus.MERGED) {
      return Optional.empty();
    }
    return given.by().equals(notBy) || hasActed(group, team, given.by(), given.at())
        ? Optional.empty()
        : Optional.of(given);
  }

  /** Whether a member has acted since then, not counting who asked. */
  private static boolean hasActed(ExceptionGroup group, Team team, String asked, Instant since) {
    return team.members().stream()
        .anyMatch(member -> !member.equals(asked) && !group.lastActedAt(member).isBefore(since));
  }
}
