package io.tillpost.console.recovery.target;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.recovery.TargetFreeze;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What people froze, as it was in the storage a second ago at most. What is older is not used:
 * where it cannot be read anew, nobody knows whether a target is frozen. See RATIONALE.md,
 * 2026-11-29.
 */
public final class TargetFreezes {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final RecoveryRecords records;
  private final Clock clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  public TargetFreezes(RecoveryRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * The freeze by hand of that target that holds at this moment; empty where nobody froze it.
   *
   * @throws StoreUnavailableException where that cannot be told
   */
  Optional<TargetFreeze> at(String target, Instant now) {
    return latest(target).filter(freeze -> freeze.holds(now));
  }

  /** From now on it is read anew: this console has changed it. */
  void forget(String target) {
    known.remove(target);
  }

  private Optional<TargetFreeze> latest(String target) {
    Instant asked = clock.instant();
    Known before = known.get(target);
    if (before != null && before.isFresh(asked)) {
      return before.freeze();
    }
    Optional<TargetFreeze> read =
        records.freezes().get(TargetFreeze.documentId(target)).map(Versioned::value);
    known.put(target, new Known(asked, read));
    return read;
  }

  /**
   * What was read.
   *
   * @param asked before it was asked for, so that a slow answer is not held for a fresh one
   */
  private record Known(Instant asked, Optional<TargetFreeze> freeze) {
    boolean isFresh(Instant now) {
      return !now.isBefore(asked) && now.isBefore(asked.plus(FRESH));
    }
  }
}
