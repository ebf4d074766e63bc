package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.time.Clock;
import java.time.Duration;

/** Looks after unconfirmed messages: a confirmation that comes late still counts. */
final class LateOutcomes {
  private static final int PAGE = 1_000;

  private final RecoveryRecords records;
  private final ItemFollower follower;
  private final Duration lateFor;
  private final Clock clock;

  LateOutcomes(RecoveryRecords records, ItemFollower follower, Duration lateFor, Clock clock) {
    this.records = records;
    this.follower = follower;
    this.lateFor = lateFor;
    this.clock = clock;
  }

  /** Looks at each of them once. */
  void look() {
    DocumentQuery query =
        DocumentQuery.ALL
            .where("state", ItemState.UNCONFIRMED.name())
            .and(new Condition.Between("deadline", clock.instant().minus(lateFor), null));
    String after = null;
    do {
      Page<Versioned<RecoveryItem>> page = records.items().find(query.page(PAGE, after));
      page.items().forEach(follower::look);
      after = page.next();
    } while (after != null);
  }
}
