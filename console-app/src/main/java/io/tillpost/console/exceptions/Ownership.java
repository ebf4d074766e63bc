package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.failure.ExceptionGroup;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which team has an exception and who deals with it: each as somebody said by hand, also where they
 * said none, else as the rule says that is about its failures. A class by hand leaves both alone:
 * it must not take an exception off somebody's list.
 *
 * @param team null for none
 * @param assignee the user name, or null for nobody; whoever is no user any more deals with nothing
 * @param origin where both come from, in words
 */
public record Ownership(@Nullable String team, @Nullable String assignee, String origin) {
  /**
   * As it counts.
   *
   * @param rule that is about its failures, or null where none is
   */
  static Ownership of(
      ExceptionGroup triage, @Nullable ClassificationRule rule, KnownOperators operators) {
    String ruledTeam = rule == null ? null : rule.team();
    String ruled = rule == null ? null : rule.assignee();
    String team = triage.decidesTeam() ? triage.team() : ruledTeam;
    String named = triage.decidesAssignee() ? triage.assignee() : ruled;
    boolean gone = named != null && !operators.knows(named);
    String teamFrom = from(triage.decidesTeam(), triage.team(), ruledTeam, rule);
    String from = from(triage.decidesAssignee(), triage.assignee(), ruled, rule);
    String who =
        gone
            ? "nobody, because " + named + ", assigned " + from + ", is no user any more"
            : named != null || triage.decidesAssignee()
                ? Objects.requireNonNullElse(named, "nobody") + " " + from
                : "nobody";
    String whose =
        team != null || triage.decidesTeam()
            ? (team == null ? "no team" : "team " + team) + " " + teamFrom + ", "
            : "";
    return new Ownership(team, gone ? null : named, whose + who);
  }

  private static String from(
      boolean byHand,
      @Nullable String decided,
      @Nullable String ruled,
      @Nullable ClassificationRule rule) {
    String by = Optional.ofNullable(rule).map(ClassificationRule::words).orElse("no rule");
    if (!byHand) {
      return "by " + by;
    }
    return ruled == null || ruled.equals(decided) ? "by hand" : "by hand, against " + by;
  }

  /** Whether the team and the assignee are the same, wherever they come from. */
  boolean isLike(Ownership other) {
    return Objects.equals(team, other.team) && Objects.equals(assignee, other.assignee);
  }

  /** As the audit trail keeps it: {@code anna, team Retail IT}. */
  public String words() {
    return Objects.requireNonNullElse(assignee, "nobody") + (team == null ? "" : ", team " + team);
  }
}
