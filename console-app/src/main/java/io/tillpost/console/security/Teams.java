package io.tillpost.console.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The teams of the users file, in its order. An exception may have a team that is none of these:
 * teams had names only before they had members.
 */
public record Teams(List<Team> all) {
  /** No team. */
  public static final Teams NONE = new Teams(List.of());

  /** In filters these stand for no team and for those of who asks, so no team is called so. */
  public static final Set<String> RESERVED = Set.of("none", "mine");

  public Teams {
    all = List.copyOf(all);
  }

  /** Whether no team is configured. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** The team of that name, in any case of letters. */
  public Optional<Team> find(String name) {
    return all.stream().filter(team -> team.isCalled(name)).findFirst();
  }

  /** The teams that this person is in. */
  public List<Team> of(String login) {
    return all.stream().filter(team -> team.members().contains(login)).toList();
  }

  /** The name as it is configured, else as it is given. */
  public String spelled(String name) {
    return find(name).map(Team::name).orElse(name);
  }

  /** The same with these people only; a team whose members are all gone is gone too. */
  Teams among(Set<String> people) {
    return new Teams(
        all.stream()
            .map(team -> team.among(people))
            .filter(team -> !team.members().isEmpty())
            .toList());
  }
}
