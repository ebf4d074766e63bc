package io.tillpost.console.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The parts of YAML that the users file is made of; what is wrong is said with its line. */
final class UsersYaml {
  private static final int LONGEST_MAIL = 254;
  private static final Pattern MAIL =
      Pattern.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)*");

  private UsersYaml() {}

  static @Nullable String mail(@Nullable Node node) throws Wrong {
    if (node == null) {
      return null;
    }
    String address = text(node, "mail");
    if (address.length() > LONGEST_MAIL || !MAIL.matcher(address).matches()) {
      throw new Wrong(node, "'" + address + "' is not a mail address like anna@example.com");
    }
    return address;
  }

  static Map<String, Node> members(Node node, Set<String> known) throws Wrong {
    if (!(node instanceof MappingNode mapping)) {
      throw new Wrong(node, "expected keys " + String.join(", ", known.stream().sorted().toList()));
    }
    Map<String, Node> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode(), "a key");
      if (!known.contains(key)) {
        throw new Wrong(
            tuple.getKeyNode(),
            "unknown key '"
                + key
                + "'; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
      if (members.putIfAbsent(key, tuple.getValueNode()) != null) {
        throw new Wrong(tuple.getKeyNode(), "the key '" + key + "' is there twice");
      }
    }
    return members;
  }

  static Node required(Map<String, Node> members, String key, Node owner) throws Wrong {
    Node node = members.get(key);
    if (node == null) {
      throw new Wrong(owner, "'" + key + "' is missing");
    }
    return node;
  }

  static List<Node> items(Node node, String key) throws Wrong {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw new Wrong(node, "'" + key + "' has to be a list");
  }

  static String text(Node node, String key) throws Wrong {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw new Wrong(node, "'" + key + "' has to be a text");
  }

  /** Ends the reading; never leaves what reads the file. */
  static final class Wrong extends Exception {
    final int line;
    final String reason;

    Wrong(@Nullable Node where, String reason) {
      super(reason);
      this.line = where == null ? 0 : where.getStartMark().getLine() + 1;
      this.reason = reason;
    }
  }
}
