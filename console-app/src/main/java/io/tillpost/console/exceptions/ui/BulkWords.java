package io.tillpost.console.exceptions.ui;

import io.tillpost.console.exceptions.BulkTriage.Answer;
import java.util.List;
import java.util.stream.Collectors;

/** What became of an act for several exceptions, where it did not go as it should. */
final class BulkWords {
  private static final int REASONS = 3;

  private BulkWords() {}

  /** Why it could not be done: the first few reasons, as each exception may have one of its own. */
  static String reasons(Answer answer) {
    List<String> all = answer.reasons().stream().sorted().toList();
    String first =
        all.stream()
            .limit(REASONS)
            .map(why -> why.endsWith(".") ? why : why + ".")
            .collect(Collectors.joining(" "));
    return all.size() > REASONS
        ? first + " And %s.".formatted(ExceptionGrid.counted(all.size() - REASONS, "more reason"))
        : first;
  }

  /** How far it came before the storage stopped answering, and what to do. */
  static String stopped(Answer answer) {
    int left = answer.left().size();
    String far =
        "Done for %,d of %s; then the storage stopped answering. "
            .formatted(
                answer.done(),
                ExceptionGrid.counted(answer.done() + answer.refused() + left, "exception"));
    String refused =
        answer.refused() == 0
            ? ""
            : "It cannot be done for %,d: %s ".formatted(answer.refused(), reasons(answer));
    return far
        + refused
        + (left == 1 ? "The one that is left is" : "The %,d that are left are".formatted(left))
        + " still selected. Press again in a moment: nothing is done twice.";
  }
}
