package io.tillpost.console.recovery.automatic;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.message.Message;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many automatic retries a message had. They are never counted up: each is a claim that is
 * there for ever, so neither a crash nor a second console begins anew.
 */
public final class AutomaticAttempts {
  private static final int CHUNK = 500;
  private static final int PAGE = 5_000;

  /** A search misses what was claimed within the last second: no more than a few attempts. */
  private static final int LOOK_BACK = 3;

  private final RecoveryRecords records;

  public AutomaticAttempts(RecoveryRecords records) {
    this.records = records;
  }

  /**
   * What was made for a message.
   *
   * @param count how many
   * @param latest when the latest was claimed
   */
  record Made(int count, Instant latest) {
    private static Made first(RecoveryClaim claim) {
      return new Made(1, claim.claimedAt());
    }

    private Made plus(Made other) {
      return new Made(count + other.count, latest.isAfter(other.latest) ? latest : other.latest);
    }
  }

  /** Of many messages, up to a second old; those without any are not in the answer. */
  public Map<String, Made> of(Collection<String> messageIds) {
    Map<String, Made> made = new HashMap<>();
    List<String> ids = List.copyOf(messageIds);
    for (int from = 0; from < ids.size(); from += CHUNK) {
      count(Set.copyOf(ids.subList(from, Math.min(ids.size(), from + CHUNK))), made);
    }
    return made;
  }

  /**
   * Of one message, as it is now.
   *
   * @param next the attempt that would be made next
   */
  public int of(Message message, int next) {
    Set<Integer> attempts = new HashSet<>();
    String id = message.id().value();
    claims(Set.of(id), null).items().stream()
        .map(Versioned::value)
        .filter(AutomaticAttempts::isAutomatic)
        .forEach(claim -> attempts.add(claim.attempt()));
    int from = Math.max(1, message.currentAttempt().number() - LOOK_BACK);
    for (int attempt = from; attempt < next; attempt++) {
      if (records.claim(id, attempt).filter(AutomaticAttempts::isAutomatic).isPresent()) {
        attempts.add(attempt);
      }
    }
    return attempts.size();
  }

  private void count(Set<String> ids, Map<String, Made> made) {
    String after = null;
    do {
      Page<Versioned<RecoveryClaim>> page = claims(ids, after);
      page.items().stream()
          .map(Versioned::value)
          .filter(AutomaticAttempts::isAutomatic)
          .forEach(claim -> made.merge(claim.messageId(), Made.first(claim), Made::plus));
      after = page.next();
    } while (after != null);
  }

  private Page<Versioned<RecoveryClaim>> claims(Set<String> ids, @Nullable String after) {
    return records
        .claims()
        .find(DocumentQuery.ALL.and(new Condition.AnyOf("message_id", ids)).page(PAGE, after));
  }

  private static boolean isAutomatic(RecoveryClaim claim) {
    return claim.claimedBy().equals(RecoveryOperation.AUTOMATIC);
  }
}
