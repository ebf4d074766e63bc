package io.tillpost.console.classification;

import io.tillpost.console.classification.ClassificationRule.Conditions;
import io.tillpost.console.text.Glob;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads rules and says of each mistake where it stands. For one text. */
final class RuleTextReader {
  static final int LONGEST = 200_000;
  private static final int MOST_RULES = 1_000;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PATTERN = 500;

  /** As by hand. */
  private static final int LONGEST_TEAM = 100;

  private static final List<String> CONDITIONS =
      List.of("workflow", "target", "code", "text", "http-status", "field", "payload");
  private static final List<String> KEYS =
      Stream.concat(Stream.of("rule", "class", "owner", "team", "assignee"), CONDITIONS.stream())
          .toList();

  /** Every payload is searched for all of them in one pass. */
  private static final int MOST_FIELDS = 100;

  private static final int MOST_FIELDS_OF_A_RULE = 10;

  private final List<RuleProblem> problems = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final Set<FieldPath> fields = new HashSet<>();
  private final Assignees assignees;

  RuleTextReader(Assignees assignees) {
    this.assignees = assignees;
  }

  RuleText read(String text) {
    List<ClassificationRule> rules = new ArrayList<>();
    if (text.length() > LONGEST) {
      problem(null, "The rules have at most %,d characters".formatted(LONGEST));
    } else {
      parsed(text).ifPresent(root -> rules.addAll(rules(root)));
    }
    return problems.isEmpty()
        ? new RuleText.Valid(new ClassificationRules(rules))
        : new RuleText.Invalid(
            problems.stream()
                .sorted(
                    Comparator.comparingInt(RuleProblem::line)
                        .thenComparingInt(RuleProblem::column))
                .toList());
  }

  private Optional<Node> parsed(String text) {
    LoadSettings settings =
        LoadSettings.builder().setAllowDuplicateKeys(true).setMaxAliasesForCollections(0).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      problem(e.getProblemMark().orElse(null), "This is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problem(null, "This is not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private List<ClassificationRule> rules(Node root) {
    Map<String, NodeTuple> file = entries(root, "The text", List.of("rules"));
    NodeTuple list = file.get("rules");
    if (list == null) {
      if (problems.isEmpty()) {
        at(root, "The text needs 'rules:' with a list below it");
      }
      return List.of();
    }
    if (!(list.getValueNode() instanceof SequenceNode sequence)) {
      if (!(list.getValueNode() instanceof ScalarNode empty && empty.getValue().isEmpty())) {
        at(list.getValueNode(), "'rules' has to be a list: each rule begins with '- rule:'");
      }
      return List.of();
    }
    if (sequence.getValue().size() > MOST_RULES) {
      at(sequence, "There are at most %,d rules".formatted(MOST_RULES));
      return List.of();
    }
    List<ClassificationRule> rules = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      rule(node, rules.size() + 1).ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<ClassificationRule> rule(Node node, int position) {
    int before = problems.size();
    Map<String, NodeTuple> entries = entries(node, "A rule", KEYS);
    boolean readable = problems.size() == before;
    Optional<String> name = needed(node, entries, "rule", readable).map(this::named);
    Optional<FailureClass> failureClass =
        needed(node, entries, "class", readable)
            .flatMap(value -> word(value, "class", FailureClass.values()));
    Optional<OwnerSide> side =
        text(entries, "owner").flatMap(value -> word(value, "owner", OwnerSide.values()));
    Optional<String> team = text(entries, "team").map(this::team);
    Optional<String> assignee = text(entries, "assignee").map(this::assignee);
    if (readable && CONDITIONS.stream().noneMatch(entries::containsKey)) {
      at(node, "A rule has to ask for something: " + String.join(", ", CONDITIONS));
    }
    Conditions conditions =
        new Conditions(
            globs(entries, "workflow", Glob::new),
            globs(entries, "target", Glob::new),
            globs(entries, "code", Glob::new),
            globs(entries, "text", Glob::within),
            globs(entries, "field", RuleTextReader::field),
            statuses(entries),
            payload(entries));
    if (problems.size() > before || name.isEmpty() || failureClass.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClassificationRule(
            position,
            node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
            name.get(),
            failureClass.get(),
            side.orElse(null),
            team.orElse(null),
            assignee.orElse(null),
            inWords(entries),
            conditions));
  }

  private String named(ScalarNode value) {
    String name = value.getValue().strip();
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      at(value, "A rule's name is one line of at most " + LONGEST_NAME + " characters");
    }
    Integer other =
        names.putIfAbsent(name, value.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    if (other != null) {
      at(value, "The rule in line " + other + " has this name already");
    }
    return name;
  }

  private String team(ScalarNode value) {
    String team = value.getValue().strip();
    if (team.length() > LONGEST_TEAM || team.chars().anyMatch(Character::isISOControl)) {
      at(value, "A team's name is one line of at most " + LONGEST_TEAM + " characters");
    }
    return team;
  }

  private String assignee(ScalarNode value) {
    String login = value.getValue().strip();
    assignees.objection(login).ifPresent(why -> at(value, why));
    return login;
  }

  private <E extends Enum<E>> Optional<E> word(ScalarNode value, String key, E[] known) {
    Optional<E> found =
        Arrays.stream(known).filter(e -> word(e).equals(value.getValue().strip())).findFirst();
    if (found.isEmpty()) {
      at(
          value,
          "'%s' is no %s; known are %s"
              .formatted(
                  value.getValue(),
                  key,
                  Arrays.stream(known)
                      .map(RuleTextReader::word)
                      .collect(Collectors.joining(", "))));
    }
    return found;
  }

  /** As it stands in a rule: {@code business-rule}. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private List<Glob> globs(
      Map<String, NodeTuple> entries, String key, Function<String, Glob> pattern) {
    List<Glob> globs = new ArrayList<>();
    for (ScalarNode value : values(entries, key)) {
      if (value.getValue().length() > LONGEST_PATTERN) {
        at(value, "'" + key + "' has at most " + LONGEST_PATTERN + " characters");
      } else {
        globs.add(pattern.apply(value.getValue().strip()));
      }
    }
    return globs;
  }

  private static Glob field(String path) {
    String bare = ClassificationRule.withoutPositions(path);
    return new Glob(bare == null ? path : bare);
  }

  private List<StatusRange> statuses(Map<String, NodeTuple> entries) {
    List<StatusRange> ranges = new ArrayList<>();
    for (ScalarNode value : values(entries, "http-status")) {
      StatusRange.read(value.getValue().strip())
          .ifPresentOrElse(
              ranges::add,
              () ->
                  at(
                      value,
                      "'" + value.getValue() + "' is no HTTP status; write 429, 5xx or 500-504"));
    }
    return ranges;
  }

  private List<FieldCondition> payload(Map<String, NodeTuple> entries) {
    NodeTuple tuple = entries.get("payload");
    if (tuple == null) {
      return List.of();
    }
    if (!(tuple.getValueNode() instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      at(
          tuple.getValueNode(),
          "'payload' has to be a mapping of fields to values, like lines[*].taxCode: DE-19*");
      return List.of();
    }
    if (mapping.getValue().size() > MOST_FIELDS_OF_A_RULE) {
      at(mapping, "A rule asks for up to " + MOST_FIELDS_OF_A_RULE + " fields of the payload");
    }
    List<FieldCondition> conditions = new ArrayList<>();
    Map<String, NodeTuple> byPath = new HashMap<>();
    for (NodeTuple field : mapping.getValue()) {
      if (!(field.getKeyNode() instanceof ScalarNode key)) {
        at(field.getKeyNode(), "A field of the payload has to be a text; put it in quotes");
        continue;
      }
      String written = key.getValue();
      if (byPath.putIfAbsent(written, field) != null) {
        at(key, "'" + written + "' stands twice");
      }
      switch (FieldPath.read(written)) {
        case FieldPath.Read.Wrong(String why) -> at(key, "'" + written + "' is no field: " + why);
        case FieldPath.Read.Path(FieldPath path) -> {
          conditions.add(new FieldCondition(path, globs(byPath, written, Glob::new)));
          if (fields.add(path) && fields.size() == MOST_FIELDS + 1) {
            at(key, "All rules together ask for up to " + MOST_FIELDS + " fields of payloads");
          }
        }
      }
    }
    return conditions;
  }

  private List<ScalarNode> values(Map<String, NodeTuple> entries, String key) {
    NodeTuple tuple = entries.get(key);
    if (tuple == null) {
      return List.of();
    }
    List<Node> nodes =
        tuple.getValueNode() instanceof SequenceNode sequence
            ? sequence.getValue()
            : List.of(tuple.getValueNode());
    List<ScalarNode> values = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
        values.add(scalar);
      } else {
        at(node, "'" + key + "' has to be a text, or a list of texts");
      }
    }
    if (nodes.isEmpty()) {
      at(tuple.getValueNode(), "'" + key + "' is an empty list: nothing could match");
    }
    return values;
  }

  private Optional<ScalarNode> needed(
      Node node, Map<String, NodeTuple> entries, String key, boolean readable) {
    // Where a key is unknown it is likely meant by that one, and one mistake is told once.
    if (!entries.containsKey(key) && readable) {
      at(node, "A rule needs '" + key + "'");
    }
    return text(entries, key);
  }

  private Optional<ScalarNode> text(Map<String, NodeTuple> entries, String key) {
    NodeTuple tuple = entries.get(key);
    if (tuple == null) {
      return Optional.empty();
    }
    if (tuple.getValueNode() instanceof ScalarNode value && !value.getValue().isBlank()) {
      return Optional.of(value);
    }
    at(tuple.getValueNode(), "'" + key + "' has to be a text");
    return Optional.empty();
  }

  private Map<String, NodeTuple> entries(Node node, String what, List<String> known) {
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      at(node, what + " has to be a mapping of keys to values");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        at(tuple.getKeyNode(), "A key has to be a word");
      } else if (!known.contains(key.getValue())) {
        at(key, "'%s' is not known; %s".formatted(key.getValue(), String.join(", ", known)));
      } else if (entries.putIfAbsent(key.getValue(), tuple) != null) {
        at(key, "'" + key.getValue() + "' stands twice");
      }
    }
    return entries;
  }

  private static String inWords(Map<String, NodeTuple> entries) {
    return CONDITIONS.stream()
        .filter(entries::containsKey)
        .map(key -> key + " " + inWords(entries.get(key)))
        .collect(Collectors.joining(" · "));
  }

  private static String inWords(@Nullable NodeTuple tuple) {
    return switch (tuple == null ? null : tuple.getValueNode()) {
      case ScalarNode scalar -> scalar.getValue().strip();
      case SequenceNode sequence ->
          sequence.getValue().stream()
              .map(node -> node instanceof ScalarNode scalar ? scalar.getValue().strip() : "")
              .collect(Collectors.joining(" or "));
      case MappingNode mapping ->
          mapping.getValue().stream()
              .map(
                  field ->
                      (field.getKeyNode() instanceof ScalarNode key ? key.getValue().strip() : "")
                          + " "
                          + inWords(field))
              .collect(Collectors.joining(" and "));
      case null, default -> "";
    };
  }

  private void at(Node node, String message) {
    problem(node.getStartMark().orElse(null), message);
  }

  private void problem(@Nullable Mark mark, String message) {
    problems.add(
        new RuleProblem(
            mark == null ? 1 : mark.getLine() + 1,
            mark == null ? 1 : mark.getColumn() + 1,
            message));
  }
}
