package io.tillpost.console.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param messages how many are in the store
 * @param failed how many of a hundred of them are failed
 * @param days over how many days they are spread, up to now
 * @param rounds how often each question is asked
 * @param home where the filled node lies and stays for the next run; empty for a directory that is
 *     made and removed
 * @param only questions with this in their name; empty for all
 */
record BenchOptions(
    int messages, int failed, int days, int rounds, Optional<Path> home, String only) {

  /**
   * Reads the options of the command line.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static BenchOptions read(List<String> arguments) {
    BenchOptions options = new BenchOptions(1_000_000, 10, 30, 20, Optional.empty(), "");
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("The option " + name + " needs a value.");
      }
      options = options.with(name, arguments.get(i + 1));
    }
    return options;
  }

  private BenchOptions with(String name, String value) {
    return switch (name) {
      case "--messages" ->
          new BenchOptions(
              number(name, value, 1_000, 10_000_000), failed, days, rounds, home, only);
      case "--failed" ->
          new BenchOptions(messages, number(name, value, 1, 90), days, rounds, home, only);
      case "--days" ->
          new BenchOptions(messages, failed, number(name, value, 1, 90), rounds, home, only);
      case "--rounds" ->
          new BenchOptions(messages, failed, days, number(name, value, 3, 1_000), home, only);
      case "--home" ->
          new BenchOptions(
              messages, failed, days, rounds, Optional.of(Path.of(value).toAbsolutePath()), only);
      case "--only" -> new BenchOptions(messages, failed, days, rounds, home, value);
      default ->
          throw new IllegalArgumentException(
              "bench queries has no option '"
                  + name
                  + "'; it has --messages, --failed, --days, --rounds, --only and --home.");
    };
  }

  private static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below, as for a number that is out of range.
    }
    throw new IllegalArgumentException(
        "The option %s is a number from %,d to %,d, not '%s'.".formatted(name, least, most, value));
  }
}
