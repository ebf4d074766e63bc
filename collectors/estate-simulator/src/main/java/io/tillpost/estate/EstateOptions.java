package io.tillpost.estate;

import io.tillpost.estate.plan.StorePlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which estate it is. */
final class EstateOptions {
  @Option(
      names = "--stores",
      paramLabel = "N",
      defaultValue = "600",
      description = "Number of stores, 1 to 9999 (default: ${DEFAULT-VALUE}).")
  private int stores = 600;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Same seed, same estate (default: ${DEFAULT-VALUE}).")
  private long seed = 42;

  int stores(CommandSpec spec) {
    if (stores < 1 || stores > StorePlan.MOST_STORES) {
      throw new ParameterException(
          spec.commandLine(),
          "--stores must be 1 to " + StorePlan.MOST_STORES + ", not " + stores + ".");
    }
    return stores;
  }

  long seed() {
    return seed;
  }
}
