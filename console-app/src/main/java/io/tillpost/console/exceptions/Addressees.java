package io.tillpost.console.exceptions;

import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * To whom mails go: to people, and to teams that have an address of their own. A team of which a
 * member is bound to stores has its mails go to its members one by one: nobody knows who reads the
 * team's.
 *
 * @param addresses of people, by login name
 * @param scopes whose messages somebody works with, by login name; empty for who is no user
 */
record Addressees(
    Supplier<Map<String, String>> addresses,
    Supplier<Teams> teams,
    Function<String, Optional<StoreScope>> scopes) {
  /**
   * One of them.
   *
   * @param id the login name, or an {@code @} and the handle of the team, which is no login name
   * @param isPerson whether it is a person, who may be asked by name
   * @param scope whose messages may be told of where a team is asked
   * @param teams what these are asked goes there too
   */
  record Addressee(
      String id, String address, boolean isPerson, StoreScope scope, List<Team> teams) {
    Addressee {
      teams = List.copyOf(teams);
    }
  }

  /** All of them, people first. */
  List<Addressee> all() {
    List<Addressee> all = new ArrayList<>();
    List<Team> together = new ArrayList<>();
    List<Team> oneByOne = new ArrayList<>();
    for (Team team : teams.get().all()) {
      (team.mail() != null && team.members().stream().noneMatch(this::isBound)
              ? together
              : oneByOne)
          .add(team);
    }
    addresses
        .get()
        .forEach(
            (login, address) ->
                scopes
                    .apply(login)
                    .ifPresent(
                        scope ->
                            all.add(
                                new Addressee(
                                    login,
                                    address,
                                    true,
                                    scope,
                                    oneByOne.stream()
                                        .filter(team -> team.members().contains(login))
                                        .toList()))));
    for (Team team : together) {
      String address = team.mail();
      if (address != null) {
        all.add(new Addressee("@" + team.handle(), address, false, StoreScope.ALL, List.of(team)));
      }
    }
    return all;
  }

  private boolean isBound(String login) {
    return scopes.apply(login).filter(StoreScope::isBound).isPresent();
  }
}
