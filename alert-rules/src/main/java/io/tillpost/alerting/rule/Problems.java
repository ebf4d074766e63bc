package io.tillpost.alerting.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects what is wrong in one file. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the lines. */
  List<Problem> all() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  /** The node is wrong. */
  void at(Node node, String message) {
    at(node.getStartMark().orElse(null), 0, message);
  }

  /** The text of the node is wrong from that character on. */
  void within(ScalarNode node, int offset, String message) {
    Mark start = node.getStartMark().orElse(null);
    boolean oneLine =
        start != null
            && node.getEndMark().map(end -> end.getLine() == start.getLine()).orElse(false);
    int quote = node.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
    at(start, oneLine ? offset + quote : 0, message);
  }

  /** The parser's own mark is wrong; null for the first character of the file. */
  void at(@Nullable Mark mark, int offset, String message) {
    int line = mark == null ? 1 : mark.getLine() + 1;
    int column = mark == null ? 1 : mark.getColumn() + 1 + offset;
    found.add(new Problem(file, line, column, message));
  }

  /** "; did you mean 'x'?" where one of the known words is near, else what is known. */
  static String suggestion(String word, Collection<String> known) {
    return known.stream()
        .filter(k -> distance(word, k) <= Math.max(2, k.length() / 4))
        .min(
            Comparator.<String>comparingInt(k -> distance(word, k))
                .thenComparing(Comparator.naturalOrder()))
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElseGet(
            () -> "; known are " + known.stream().sorted().collect(Collectors.joining(", ")));
  }

  /** Levenshtein's distance, ignoring case. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replace = previous[j - 1] + (same ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
