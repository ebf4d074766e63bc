package io.tillpost.alerting.rule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping of the file, its keys checked. What is missing or wrong goes to the problems. */
final class Block {
  private final Node node;
  private final Map<String, NodeTuple> entries;
  private final boolean hasUnknownKey;
  private final Problems problems;

  private Block(
      Node node, Map<String, NodeTuple> entries, boolean hasUnknownKey, Problems problems) {
    this.node = node;
    this.entries = entries;
    this.hasUnknownKey = hasUnknownKey;
    this.problems = problems;
  }

  /**
   * The node as a mapping; empty, with a problem, where it is none.
   *
   * @param what names the mapping, like {@code a rule}
   * @param known the keys it may have; empty for any
   */
  static Optional<Block> of(Node node, String what, Collection<String> known, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.at(node, what + " has to be a mapping of keys to values");
      return Optional.empty();
    }
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    boolean hasUnknownKey = false;
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.at(tuple.getKeyNode(), "a key has to be a word");
      } else if (!known.isEmpty() && !known.contains(key.getValue())) {
        hasUnknownKey = true;
        problems.at(
            key,
            "unknown key '"
                + key.getValue()
                + "' in "
                + what
                + Problems.suggestion(key.getValue(), known));
      } else if (entries.putIfAbsent(key.getValue(), tuple) != null) {
        problems.at(key, "'" + key.getValue() + "' stands twice in " + what);
      }
    }
    return Optional.of(new Block(node, entries, hasUnknownKey, problems));
  }

  Node node() {
    return node;
  }

  Set<String> keys() {
    return entries.keySet();
  }

  /** The key itself, for its position; the mapping where there is no such key. */
  Node keyNode(String key) {
    NodeTuple tuple = entries.get(key);
    return tuple == null ? node : tuple.getKeyNode();
  }

  /** The value, or null. */
  @Nullable Node find(String key) {
    NodeTuple tuple = entries.get(key);
    return tuple == null ? null : tuple.getValueNode();
  }

  /** The value as one text that is not blank; empty where there is none or it is wrong. */
  Optional<ScalarNode> text(String key) {
    Node value = find(key);
    if (value == null) {
      return Optional.empty();
    }
    return textOf(value, key);
  }

  /** As {@link #text}, but it has to be there. */
  Optional<ScalarNode> requiredText(String key, String what) {
    require(key, what);
    return text(key);
  }

  /**
   * The key has to be there. Where a key is unknown it is likely meant by that one, and one mistake
   * is told once.
   */
  void require(String key, String what) {
    if (find(key) == null && !hasUnknownKey) {
      problems.at(node, what + " needs '" + key + "'");
    }
  }

  /** The value as a list; one text counts as a list of one. */
  List<Node> list(String key) {
    Node value = find(key);
    return switch (value) {
      case null -> List.of();
      case SequenceNode sequence -> sequence.getValue();
      case ScalarNode scalar -> List.of(scalar);
      default -> {
        problems.at(value, "'" + key + "' has to be a list");
        yield List.of();
      }
    };
  }

  /** The node as one text that is not blank. */
  Optional<ScalarNode> textOf(Node value, String key) {
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar);
    }
    problems.at(value, "'" + key + "' has to be a text");
    return Optional.empty();
  }
}
