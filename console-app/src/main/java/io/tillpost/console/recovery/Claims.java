package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Clock;
import java.util.Optional;

/** Takes the right to make the attempt of an item, or finds that it is taken. */
public final class Claims {
  private final RecoveryRecords records;
  private final Clock clock;

  public Claims(RecoveryRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /** Claims the attempt; says who has it where that is another operation. */
  public Optional<String> take(RecoveryOperation operation, RecoveryItem item) {
    RecoveryClaim claim =
        new RecoveryClaim(
            item.messageId(),
            item.attempt(),
            operation.id(),
            operation.requestedBy(),
            clock.instant());
    if (records.claims().create(RecoveryClaim.id(item.messageId(), item.attempt()), claim)) {
      return Optional.empty();
    }
    // There is one: ours from before a crash, or another operation's.
    return records
        .claim(item.messageId(), item.attempt())
        .filter(other -> !other.operationId().equals(operation.id()))
        .map(EarlierClaims::claimedBy);
  }
}
