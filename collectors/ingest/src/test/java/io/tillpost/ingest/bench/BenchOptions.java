package io.tillpost.ingest.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Options of a benchmark: {@code --name number}, all of them with a default. */
final class BenchOptions {
  private final Map<String, Integer> given = new HashMap<>();

  /** Ends with a sentence and exit code 2 on an option that is none of these. */
  static BenchOptions parse(String[] arguments, Set<String> names) {
    BenchOptions options = new BenchOptions();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].replaceFirst("^--", "");
      if (!names.contains(name) || i + 1 == arguments.length) {
        refuse("The options are --" + String.join(" N --", names) + " N, not: " + arguments[i]);
      }
      if (!arguments[i + 1].matches("[1-9][0-9]{0,8}")) {
        refuse("The option --" + name + " needs a whole number, not '" + arguments[i + 1] + "'");
      }
      options.given.put(name, Integer.parseInt(arguments[i + 1]));
    }
    return options;
  }

  int get(String name, int unlessGiven) {
    return given.getOrDefault(name, unlessGiven);
  }

  private static void refuse(String sentence) {
    System.err.println(sentence);
    System.exit(2);
  }
}
