package io.tillpost.console.bench;

import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Why messages fail: twelve causes, a few of them frequent, the others rare. */
final class BenchFailures {
  /** With seven workflows these make 84 exceptions. */
  private static final int CAUSES = 12;

  private static final FailureClass[] CLASSES = FailureClass.values();
  private static final List<String> WHAT =
      List.of(
          "Tax code",
          "Article",
          "Customer",
          "Currency",
          "Price list",
          "Cost centre",
          "Voucher",
          "Tender type",
          "Unit of measure",
          "Storage location");
  private static final List<String> WHY =
      List.of(
          "is not known to the target",
          "is blocked for posting",
          "was answered after a time-out",
          "does not match the schema",
          "may not be changed by this user",
          "is being maintained");

  private BenchFailures() {}

  /** One cause, the first ones far more often than the last. */
  static Failure any(Random random) {
    double skewed = Math.pow(random.nextDouble(), 3);
    return cause((int) (skewed * CAUSES), random);
  }

  private static Failure cause(int number, Random random) {
    String what = WHAT.get(number % WHAT.size());
    String why = WHY.get(number % WHY.size());
    return new Failure(
        (what + "_" + number).toUpperCase(Locale.ROOT).replace(' ', '_'),
        "%s X-%05d %s".formatted(what, random.nextInt(100_000), why),
        "lines[%d]".formatted(random.nextInt(9)),
        CLASSES[number % CLASSES.length]);
  }
}
