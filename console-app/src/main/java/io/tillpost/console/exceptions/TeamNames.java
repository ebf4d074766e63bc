package io.tillpost.console.exceptions;

import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How people name a team by hand. A team that is configured is spelled as there; any other name is
 * as good as it was before teams were configured.
 */
final class TeamNames {
  private final Supplier<Teams> teams;

  TeamNames(Supplier<Teams> teams) {
    this.teams = teams;
  }

  /** The team that is meant, or null for none. */
  @Nullable String meant(@Nullable String name) {
    return name == null || name.isBlank() ? null : teams.get().spelled(name.strip());
  }

  /** Why that is no name of a team; empty where it is one, or none is meant. */
  Optional<TriageAnswer> objection(@Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    if (name.length() > Team.LONGEST_NAME) {
      return Optional.of(
          new TriageAnswer.Invalid("A team's name has up to " + Team.LONGEST_NAME + " characters"));
    }
    return Teams.RESERVED.contains(name.toLowerCase(Locale.ROOT))
        ? Optional.of(
            new TriageAnswer.Invalid("No team is called '" + name + "': that is a word of filters"))
        : Optional.empty();
  }
}
