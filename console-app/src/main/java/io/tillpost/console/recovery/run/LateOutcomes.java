package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Replacement;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks after unconfirmed messages: a confirmation that comes late still counts, however late. Not
 * for several threads at once.
 */
final class LateOutcomes {
  /**
   * Of those that are older, so many in their turn: all of them are come to, one after the other.
   */
  static final int OLDER_AT_ONCE = 200;

  private static final DocumentQuery UNCONFIRMED =
      DocumentQuery.ALL.where("state", ItemState.UNCONFIRMED.name());

  private final RecoveryRecords records;
  private final LateLook look;
  private final Duration lateFor;
  private final Clock clock;
  private @Nullable String olderAfter;
  private boolean allCanBeFiltered;

  LateOutcomes(RecoveryRecords records, Messages messages, Duration lateFor, Clock clock) {
    this.records = records;
    this.look = new LateLook(records, messages, clock);
    this.lateFor = lateFor;
    this.clock = clock;
  }

  /** Looks at each of the last days once, and at the next ones of those that are older. */
  void look() {
    Instant limit = clock.instant().minus(lateFor);
    records
        .items()
        .findAll(
            UNCONFIRMED
                .and(new Condition.Between("deadline", limit, null))
                .page(LateLook.MOST, null),
            look::at);
    Page<Versioned<RecoveryItem>> older =
        records
            .items()
            .find(
                UNCONFIRMED
                    .and(new Condition.Between("deadline", null, limit))
                    .sorted("deadline", true)
                    .page(OLDER_AT_ONCE, olderAfter));
    look.at(older.items());
    olderAfter = older.next();
    letBeFiltered();
  }

  /**
   * What was written before workflows could be asked for is written again as it is: then a filter
   * finds it. Once there is none left, there will never be one.
   */
  private void letBeFiltered() {
    if (allCanBeFiltered) {
      return;
    }
    List<Replacement<RecoveryItem>> unknown =
        records
            .items()
            .find(
                UNCONFIRMED
                    .and(new Condition.Missing("message.workflow"))
                    .page(LateLook.MOST, null))
            .items()
            .stream()
            .map(item -> new Replacement<>(item, item.value()))
            .toList();
    allCanBeFiltered = unknown.isEmpty();
    if (!unknown.isEmpty()) {
      records.items().replaceAll(unknown);
    }
  }
}
