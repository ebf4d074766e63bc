package io.tillpost.console.security;

import static io.tillpost.console.security.UsersYaml.items;
import static io.tillpost.console.security.UsersYaml.mail;
import static io.tillpost.console.security.UsersYaml.members;
import static io.tillpost.console.security.UsersYaml.required;
import static io.tillpost.console.security.UsersYaml.text;

import io.tillpost.console.security.ReadUsers.Refused;
import io.tillpost.console.security.ReadUsers.Users;
import io.tillpost.console.security.ReadUsers.WithoutTeams;
import io.tillpost.console.security.UsersYaml.Wrong;
import io.tillpost.console.text.Glob;
import io.tillpost.location.StoreDirectory;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a users file:
 *
 * <pre>
 * users:
 *   - name: anna
 *     display-name: Anna Berg
 *     password: "{bcrypt}$2a$10$…"     # made by: tillpost hash-password
 *     roles: [SUPPORT, ONCALL]
 *     mail: anna@example.com           # optional: mails go there where a comment names @anna
 *     stores: ["04*"]                  # optional; with regions: only messages of these stores
 *     regions: [North]
 * teams:                               # optional
 *   - name: Retail IT
 *     members: [anna]
 *     mail: retail-it@example.com      # optional
 *     side: IT                         # optional
 * </pre>
 */
final class UsersFile {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._@-]{0,63}");
  private static final Pattern BCRYPT =
      Pattern.compile("\\{bcrypt}\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
  private static final Set<String> KEYS =
      Set.of("name", "display-name", "password", "roles", "mail", "stores", "regions");

  private UsersFile() {}

  /**
   * @param directory the stores that are known: a binding has to have at least one of them
   */
  static ReadUsers read(Path file, StoreDirectory directory) {
    try {
      // Read whole, for the parser would call a file that cannot be read no YAML.
      Reader text = new StringReader(Files.readString(file));
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
      if (root == null) {
        throw new Wrong(null, "is empty; it needs a list 'users'");
      }
      Map<String, Node> top = members(root, Set.of("users", "teams"));
      Map<String, FileUser> users = users(required(top, "users", root), root, directory);
      return teams(file, users, top.get("teams"));
    } catch (NoSuchFileException e) {
      return new Refused(file, 0, "is not there");
    } catch (Wrong e) {
      return new Refused(file, e.line, e.reason);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      return new Refused(file, line, "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      return new Refused(file, 0, "is not YAML: " + e.getMessage());
    } catch (IOException e) {
      return new Refused(file, 0, "cannot be read: " + e.getMessage());
    }
  }

  /** What is wrong with a team says nothing against the users: see {@link OperatorDirectory}. */
  private static ReadUsers teams(Path file, Map<String, FileUser> users, @Nullable Node teams) {
    try {
      return new Users(users, TeamsPart.read(teams, users.keySet()));
    } catch (Wrong e) {
      return new WithoutTeams(users, new Refused(file, e.line, e.reason));
    }
  }

  private static Map<String, FileUser> users(Node list, Node root, StoreDirectory directory)
      throws Wrong {
    List<Node> entries = items(list, "users");
    if (entries.isEmpty()) {
      throw new Wrong(root, "names no user, so nobody could log in");
    }
    Map<String, FileUser> users = new LinkedHashMap<>();
    for (Node entry : entries) {
      FileUser user = user(entry, directory);
      if (users.putIfAbsent(user.operator().id(), user) != null) {
        throw new Wrong(entry, "the name '" + user.operator().id() + "' is there twice");
      }
    }
    return Map.copyOf(users);
  }

  private static FileUser user(Node entry, StoreDirectory directory) throws Wrong {
    Map<String, Node> members = members(entry, KEYS);
    Node nameNode = required(members, "name", entry);
    String name = text(nameNode, "name");
    if (!NAME.matcher(name).matches()) {
      throw new Wrong(
          nameNode, "a name is 1 to 64 letters, digits, dots, hyphens, underscores or @");
    }
    Node passwordNode = required(members, "password", entry);
    String password = text(passwordNode, "password");
    if (!BCRYPT.matcher(password).matches()) {
      throw new Wrong(
          passwordNode,
          "password has to be a hash like {bcrypt}$2a$10$…; make one with: tillpost hash-password");
    }
    Node displayName = members.get("display-name");
    return new FileUser(
        new Operator(
            name,
            displayName == null ? name : text(displayName, "display-name"),
            roles(required(members, "roles", entry)),
            StoreScope.of(
                stores(members.get("stores"), directory),
                regions(members.get("regions"), directory),
                directory)),
        password,
        mail(members.get("mail")));
  }

  private static Set<Role> roles(Node node) throws Wrong {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Node item : items(node, "roles")) {
      String word = text(item, "roles");
      try {
        roles.add(Role.valueOf(word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new Wrong(
            item, "'" + word + "' is not a role; roles are SUPPORT, MANAGER, ONCALL, ADMIN");
      }
    }
    if (roles.isEmpty()) {
      throw new Wrong(node, "roles is empty; roles are SUPPORT, MANAGER, ONCALL, ADMIN");
    }
    return roles;
  }

  private static Set<String> stores(@Nullable Node node, StoreDirectory directory) throws Wrong {
    Set<String> patterns = new LinkedHashSet<>();
    for (Node item : bound(node, "stores")) {
      String pattern = text(item, "stores");
      Glob glob = new Glob(pattern);
      // Without a stores file every store is unknown, and there is nothing to compare with.
      if (!directory.all().isEmpty()
          && directory.all().stream().noneMatch(store -> glob.matches(store.id()))) {
        throw new Wrong(item, "no store has an id like '" + pattern + "'");
      }
      patterns.add(pattern);
    }
    return patterns;
  }

  private static Set<String> regions(@Nullable Node node, StoreDirectory directory) throws Wrong {
    Set<String> regions = new LinkedHashSet<>();
    for (Node item : bound(node, "regions")) {
      String region = text(item, "regions");
      if (directory.regions().isEmpty()) {
        throw new Wrong(
            item,
            "'" + region + "' is not known: regions come from the file of tillpost.stores.file");
      }
      if (!directory.regions().contains(region)) {
        throw new Wrong(
            item,
            "'"
                + region
                + "' is not a region; regions are "
                + String.join(", ", directory.regions()));
      }
      regions.add(region);
    }
    return regions;
  }

  /** The entries of a binding. An empty one would be read as "none" by some, as "all" by others. */
  private static List<Node> bound(@Nullable Node node, String key) throws Wrong {
    if (node == null) {
      return List.of();
    }
    List<Node> items = items(node, key);
    if (items.isEmpty()) {
      throw new Wrong(node, key + " is empty; leave it out for who works for all stores");
    }
    return items;
  }
}
