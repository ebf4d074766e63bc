package io.tillpost.console.security;

import static io.tillpost.console.security.UsersYaml.items;
import static io.tillpost.console.security.UsersYaml.mail;
import static io.tillpost.console.security.UsersYaml.members;
import static io.tillpost.console.security.UsersYaml.required;
import static io.tillpost.console.security.UsersYaml.text;

import io.tillpost.console.security.UsersYaml.Wrong;
import io.tillpost.failure.OwnerSide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the teams of a users file. */
final class TeamsPart {
  private static final Set<String> KEYS = Set.of("name", "members", "mail", "side");

  private TeamsPart() {}

  /**
   * Reads them.
   *
   * @param list null where the file has none
   * @param users the user names that members may have
   */
  static Teams read(@Nullable Node list, Set<String> users) throws Wrong {
    if (list == null) {
      return Teams.NONE;
    }
    List<Team> teams = new ArrayList<>();
    Map<String, String> handles = new HashMap<>();
    for (Node entry : items(list, "teams")) {
      Team team = team(entry, users);
      String other = handles.putIfAbsent(team.handle(), team.name());
      if (other != null) {
        throw new Wrong(
            entry,
            "the teams '%s' and '%s' would both be meant by @%s"
                .formatted(other, team.name(), team.handle()));
      }
      teams.add(team);
    }
    return new Teams(teams);
  }

  private static Team team(Node entry, Set<String> users) throws Wrong {
    Map<String, Node> parts = members(entry, KEYS);
    Node nameNode = required(parts, "name", entry);
    Team team =
        new Team(
            text(nameNode, "name"),
            people(required(parts, "members", entry), users),
            mail(parts.get("mail")),
            side(parts.get("side")));
    checkName(nameNode, team, users);
    return team;
  }

  private static void checkName(Node node, Team team, Set<String> users) throws Wrong {
    String name = team.name();
    if (name.length() > Team.LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)
        || team.handle().isEmpty()) {
      throw new Wrong(
          node,
          "a team's name is one line of 1 to %d characters with a letter or digit among them"
              .formatted(Team.LONGEST_NAME));
    }
    if (Teams.RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new Wrong(node, "a team cannot be called '" + name + "': that is a word of filters");
    }
    for (String user : users) {
      if (user.equalsIgnoreCase(team.handle())) {
        throw new Wrong(
            node,
            "@%s would mean the team '%s' as well as the user '%s'"
                .formatted(team.handle(), name, user));
      }
    }
  }

  private static List<String> people(Node node, Set<String> users) throws Wrong {
    Set<String> people = new LinkedHashSet<>();
    for (Node item : items(node, "members")) {
      String login = text(item, "members");
      if (!users.contains(login)) {
        throw new Wrong(item, "no user has the name '" + login + "'");
      }
      if (!people.add(login)) {
        throw new Wrong(item, "the member '" + login + "' is there twice");
      }
    }
    if (people.isEmpty()) {
      throw new Wrong(node, "members is empty; a team has at least one");
    }
    return List.copyOf(people);
  }

  private static @Nullable OwnerSide side(@Nullable Node node) throws Wrong {
    if (node == null) {
      return null;
    }
    String word = text(node, "side");
    try {
      return OwnerSide.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Wrong(node, "'" + word + "' is not a side; sides are BUSINESS, IT");
    }
  }
}
