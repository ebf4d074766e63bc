package io.tillpost.console.impact;

import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.text.CountText;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Recovery operations that began, and what became of them. */
final class OperationChanges implements ChangeSource {
  private static final int NEWEST = 12;

  private final Operations operations;

  OperationChanges(Operations operations) {
    this.operations = operations;
  }

  @Override
  public List<Change> between(Instant from, Instant now) {
    return operations.newest(NEWEST).stream()
        .flatMap(progress -> told(progress).stream())
        .filter(change -> !change.at().isBefore(from))
        .toList();
  }

  /** The last thing to tell of an operation; one that ended before it began tells nothing. */
  static Optional<Change> told(OperationProgress progress) {
    RecoveryOperation operation = progress.operation();
    String href = "operations/" + operation.id();
    return switch (operation.state()) {
      case PLANNED, PREVIEWED, CANCELLING -> Optional.empty();
      case AWAITING_APPROVAL -> Optional.of(change(operation, "waits for approval", false, href));
      case CANARY, RUNNING -> Optional.of(change(operation, began(operation), true, href));
      case PAUSED -> Optional.of(change(operation, "was paused", false, href));
      case CANCELLED -> Optional.of(change(operation, "was cancelled", false, href));
      case ABANDONED ->
          // How many messages it would have been about was never known for good.
          Optional.of(
              new Change(
                  since(operation),
                  word(operation) + " was given up before anything was sent",
                  false,
                  href));
      case FINISHED -> Optional.of(finished(progress, href));
    };
  }

  private static String began(RecoveryOperation operation) {
    return operation.isAutomatic() ? "began" : "began, by " + operation.requestedBy();
  }

  private static Change change(
      RecoveryOperation operation, String what, boolean better, String href) {
    return new Change(
        since(operation),
        "%s of %s %s".formatted(word(operation), CountText.of(operation.size(), "message"), what),
        better,
        href);
  }

  /** Since when it stands as it does. */
  private static Instant since(RecoveryOperation operation) {
    return operation.reachedAt(operation.state()).orElse(operation.requestedAt());
  }

  private static Change finished(OperationProgress progress, String href) {
    RecoveryOperation operation = progress.operation();
    long good = progress.done();
    boolean all = good == progress.ended();
    String text =
        all
            ? "%s of %s finished, all through"
                .formatted(word(operation), CountText.of(operation.size(), "message"))
            : "%s of %s finished: %,d through, %,d not"
                .formatted(
                    word(operation),
                    CountText.of(operation.size(), "message"),
                    good,
                    progress.ended() - good);
    return new Change(since(operation), text, all, href);
  }

  private static String word(RecoveryOperation operation) {
    return switch (operation.action()) {
      case RETRY -> operation.isAutomatic() ? "Automatic retry" : "Retry";
      case EDIT_AND_RETRY -> "Edit and retry";
      case REPLAY -> "Replay";
      case DISCARD -> "Discard";
      case RESTORE -> "Restore";
    };
  }
}
