package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.OwnerSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something about the team of a rule that is likely not meant; no reason not to save it.
 *
 * @param message a sentence about the rule
 */
public record RuleWarning(ClassificationRule rule, String message) {
  private static final int NAMED = 10;

  /** What is to be said of these rules, in their order; nothing where no team is configured. */
  static List<RuleWarning> of(ClassificationRules rules, Teams teams) {
    List<RuleWarning> warnings = new ArrayList<>();
    if (!teams.isEmpty()) {
      for (ClassificationRule rule : rules.rules()) {
        about(rule, teams).ifPresent(message -> warnings.add(new RuleWarning(rule, message)));
      }
    }
    return warnings;
  }

  private static Optional<String> about(ClassificationRule rule, Teams teams) {
    String name = rule.team();
    if (name == null) {
      return Optional.empty();
    }
    Optional<Team> team = teams.find(name);
    if (team.isEmpty()) {
      return Optional.of(
          "The team “%s” is not configured: nobody is in it, so its exceptions are nobody's “My teams” and nobody is mailed. Teams are %s."
              .formatted(name, names(teams)));
    }
    OwnerSide side = team.get().side();
    return side == null || rule.side() == null || side == rule.side()
        ? Optional.empty()
        : Optional.of(
            "It says that %s has to act, and the team “%s” is on the side of %s."
                .formatted(words(rule.side()), team.get().name(), words(side)));
  }

  private static String names(Teams teams) {
    int more = teams.all().size() - NAMED;
    return teams.all().stream().limit(NAMED).map(Team::name).collect(Collectors.joining(", "))
        + (more > 0 ? " and %,d more".formatted(more) : "");
  }

  private static String words(OwnerSide side) {
    return side == OwnerSide.IT ? "IT" : "business";
  }
}
