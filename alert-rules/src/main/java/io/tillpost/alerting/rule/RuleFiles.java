package io.tillpost.alerting.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads rule files. Nothing of a file counts unless all of it is right. */
public final class RuleFiles {
  private static final int MAX_CHARACTERS = 1_000_000;

  private RuleFiles() {}

  /**
   * The rules of these files together; a name may stand only once in all of them.
   *
   * @param sources in the order in which they count; none for no rules
   */
  public static RuleSet read(List<RuleSource> sources) {
    List<AlertRule> rules = new ArrayList<>();
    List<Problem> found = new ArrayList<>();
    Map<String, AlertRule> byName = new HashMap<>();
    for (RuleSource source : sources) {
      Problems problems = new Problems(source.file());
      rules.addAll(file(source, problems, byName));
      found.addAll(problems.all());
    }
    return found.isEmpty() ? new RuleSet.Loaded(rules) : new RuleSet.Invalid(found);
  }

  private static List<AlertRule> file(
      RuleSource source, Problems problems, Map<String, AlertRule> byName) {
    Optional<Node> root = parse(source, problems);
    List<AlertRule> rules = new ArrayList<>();
    root.flatMap(node -> Block.of(node, "a rule file", List.of("groups"), problems))
        .ifPresent(
            file -> {
              file.require("groups", "a rule file");
              for (Node group : file.list("groups")) {
                Block.of(group, "a group", List.of("name", "rules"), problems)
                    .ifPresent(block -> rules.addAll(group(block, problems, byName)));
              }
            });
    return rules;
  }

  private static List<AlertRule> group(
      Block group, Problems problems, Map<String, AlertRule> byName) {
    String name =
        group.requiredText("name", "a group").map(ScalarNode::getValue).orElse("").strip();
    group.require("rules", "a group");
    List<AlertRule> rules = new ArrayList<>();
    for (Node node : group.list("rules")) {
      new RuleReader(problems)
          .read(node, name)
          .ifPresent(
              rule -> {
                AlertRule other = byName.putIfAbsent(rule.name(), rule);
                if (other == null) {
                  rules.add(rule);
                } else {
                  problems.at(
                      node,
                      "there is an alert '"
                          + rule.name()
                          + "' already, in "
                          + other.file()
                          + " line "
                          + other.line());
                }
              });
    }
    return rules;
  }

  private static Optional<Node> parse(RuleSource source, Problems problems) {
    if (source.text().length() > MAX_CHARACTERS) {
      problems.at(null, 0, "a rule file has at most " + MAX_CHARACTERS + " characters");
      return Optional.empty();
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.file())
            .setUseMarks(true)
            .setMaxAliasesForCollections(10)
            .setAllowRecursiveKeys(false)
            .build();
    try {
      Optional<Node> root = new Compose(settings).composeString(source.text());
      if (root.isEmpty()) {
        problems.at(null, 0, "the file is empty; it needs 'groups'");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      problems.at(e.getProblemMark().orElse(null), 0, "this is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.at(null, 0, "this is not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }
}
