package io.tillpost.console.security;

import io.tillpost.failure.OwnerSide;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People who deal with the same exceptions.
 *
 * @param name one line, 1 to 100 characters; no other team has it in any case of letters
 * @param members user names, in the order of the users file; never empty
 * @param mail an address of the whole team, or null
 * @param side the side it is on, or null
 */
public record Team(
    String name, List<String> members, @Nullable String mail, @Nullable OwnerSide side) {
  /** The longest name, in characters; by hand and by rule too. */
  public static final int LONGEST_NAME = 100;

  public Team {
    members = List.copyOf(members);
  }

  /** By what a comment names it, after an {@code @}: {@code retail-it} for {@code Retail IT}. */
  public String handle() {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_]+", "-")
        .replaceAll("^-|-$", "");
  }

  /** Whether this is a way to write its name. */
  public boolean isCalled(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The same with those members only who are among these people. */
  Team among(Set<String> people) {
    return new Team(name, members.stream().filter(people::contains).toList(), mail, side);
  }
}
