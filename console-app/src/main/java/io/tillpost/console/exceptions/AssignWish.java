package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Who is to have exceptions: which team, and who deals with them, or one of both.
 *
 * @param assignee the user name, or null for nobody; not read where each keeps its own
 * @param team a name, or null for none; not read where each keeps its own
 * @param kept what stays with each exception as it is; null where both are given
 */
public record AssignWish(@Nullable String assignee, @Nullable String team, @Nullable Kept kept) {
  /** What is not given, so that it goes on being as it is: by hand, or as a rule says. */
  public enum Kept {
    ASSIGNEE,
    TEAM
  }

  /** Both, whatever a rule says; null for nobody and for no team. */
  public static AssignWish both(@Nullable String assignee, @Nullable String team) {
    return new AssignWish(assignee, team, null);
  }

  /** Who deals with them, null for nobody; each stays with its team. */
  public static AssignWish to(@Nullable String assignee) {
    return new AssignWish(assignee, null, Kept.TEAM);
  }

  /** The team, null for none; who deals with each goes on doing so. */
  public static AssignWish toTeam(@Nullable String team) {
    return new AssignWish(null, team, Kept.ASSIGNEE);
  }

  /** Does it to one of them. */
  TriageAnswer of(Fingerprint exception, Triage triage) {
    return switch (kept) {
      case null -> triage.assign(exception, assignee, team);
      case TEAM -> triage.assign(exception, assignee);
      case ASSIGNEE -> triage.giveToTeam(exception, team);
    };
  }
}
